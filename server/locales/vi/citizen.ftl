# Lời của người dân: từ mã trên thư mời đến biên nhận. Gọi "Ông/Bà", câu ngắn, không viết tắt, không dọa.

letter-how = Quét mã bằng máy ảnh điện thoại, hoặc vào { $address } và nhập 16 số: { $code }
letter-real = Thư này của Bộ Nội vụ. Muốn kiểm tra, gọi { $hotline }.

# A2 Nhập mã
code-h1 = Nhập mã trên thư mời
code-hint = Mã có 16 chữ số, in ở góc trên bên phải của thư.
code-picture = Hình: mã 16 chữ số nằm ở góc trên bên phải của thư mời.
code-err-empty = Nhập 16 chữ số trên thư mời
code-err-len = Mã có 16 chữ số. Ông/Bà đã nhập { $n } số.
code-err-check = Có thể gõ nhầm một số. Xin xem lại từng nhóm 4 số.
code-err-unknown = Không tìm thấy mã này. Xin xem lại, hoặc gọi { $hotline }.
code-err-rate = Đã nhập sai nhiều lần. Xin thử lại sau { $n } phút, hoặc gọi { $hotline }.
code-err-cookies = Chưa thấy mã nào. Nếu Ông/Bà vừa nhập mã, trình duyệt này chặn cookie nên không giữ được câu trả lời: xin mở bằng trình duyệt khác, hoặc gọi { $hotline }.
code-none = Không có mã hoặc mất thư

# A3 Bắt đầu và đồng ý
start-h1 = Mời Ông/Bà cho ý kiến về sự phục vụ của cơ quan nhà nước
start-time = Khoảng 15 phút. Tốn chưa đến 0,2 MB dữ liệu.
consent-who-lead = Ai hỏi, để làm gì:
consent-who = Bộ Nội vụ hỏi để biết người dân hài lòng đến đâu và yêu cầu các cơ quan phục vụ tốt hơn.
consent-private-lead = Kín:
consent-private = không hỏi họ tên, số căn cước, số điện thoại. Cán bộ xã, tỉnh và người phát phiếu không xem được câu trả lời.
consent-private-asked = điều tra viên chỉ ghi câu trả lời, không được kể lại. Câu nào riêng tư, Ông/Bà tự bấm trên máy, điều tra viên không xem được.
consent-voluntary-lead = Tự nguyện:
consent-voluntary = câu nào không muốn thì bỏ qua, dừng lúc nào cũng được. Rút lại được đến khi câu trả lời tách khỏi mã, thường là trong đêm.
consent-more = Thông tin đầy đủ về dữ liệu và quyền của Ông/Bà
consent-yes = Tôi đồng ý, bắt đầu
consent-no = Tôi không tham gia
resume = Chào Ông/Bà quay lại. Đã trả lời { $answered } trên { $total } câu.
resume-btn = Làm tiếp từ câu { $n }

# Không tham gia
refuse-h1 = Ông/Bà không muốn tham gia
refuse-note = Không sao. Nếu được, xin cho biết lý do.
refuse-reason = Lý do
refuse-time = Không có thời gian
refuse-trust = Không tin câu trả lời được giữ kín
refuse-useless = Không thấy ích lợi
refuse-young = Chưa đủ 18 tuổi
refuse-moved = Không còn sống ở địa chỉ trên thư
refuse-other = Lý do khác
refuse-btn = Gửi và kết thúc
refuse-done-h1 = Đã ghi nhận
refuse-done = Cảm ơn Ông/Bà đã cho biết. Nếu đổi ý, Ông/Bà có thể dùng lại mã đến hết ngày { $date }.
refuse-undo = Tôi đổi ý, muốn trả lời

# A5 Các câu hỏi
progress = Phần { $part } trên { $parts } · Câu { $from }–{ $to } trên { $total }
progress-part = Phần { $part } trên { $parts }
progress-one = Phần { $part } trên { $parts } · Câu { $from } trên { $total }
scale-1 = Rất không hài lòng
scale-2 = Không hài lòng
scale-3 = Bình thường
scale-4 = Hài lòng
scale-5 = Rất hài lòng
way-out-never-used = Chưa từng dùng
way-out-do-not-know = Không biết
sensitive = Người phát phiếu và cán bộ xã không xem được câu trả lời này.
write-in = Ghi rõ
choose-many = Có thể chọn nhiều ý.
save-ok = Đã lưu
save-ok-at = Đã lưu lúc { $time }
offline-answers = Mất kết nối. Câu trả lời vẫn còn trên máy này. Khi có mạng sẽ tự gửi lại.
offline-lost = Mất kết nối. Máy này không giữ được câu trả lời khi mất mạng. Xin đừng đóng trang.
offline-send = Mất kết nối, chưa gửi được. Câu trả lời đã lưu vẫn còn. Khi có mạng sẽ tự gửi lại.
err-many = Còn { $n } câu chưa trả lời
err-item = Câu { $number }: chọn một mức, hoặc chọn "{ $wayout }"
err-item-plain = Câu { $number }: chọn một ý
err-item-many = Câu { $number }: chọn ít nhất một ý
err-item-invalid = Câu { $number }: ý đã chọn không có trong danh sách
err-item-several = Câu { $number }: chọn các ý, hoặc chọn một mình ý cuối cùng
err-item-long = Câu { $number }: tối đa { $limit } chữ
err-item-write-in = Câu { $number }: ghi rõ ý khác
err-item-write = Câu { $number }: ghi câu trả lời, hoặc chọn "{ $wayout }"
err-item-write-plain = Câu { $number }: ghi câu trả lời
err-item-write-several = Câu { $number }: ghi câu trả lời, hoặc chọn ô bên dưới, không chọn cả hai
err-item-number = Câu { $number }: ghi bằng chữ số, ví dụ 12
err-item-day = Câu { $number }: ghi ngày, tháng, năm, ví dụ 05/11/2026
err-item-least = Câu { $number }: ghi từ { $least } trở lên
err-item-most = Câu { $number }: ghi không quá { $most }
err-item-between = Câu { $number }: ghi từ { $least } đến { $most }
number-hint = Ghi bằng chữ số.
number-hint-decimals = Ghi bằng chữ số, ví dụ 12 hoặc 12,5.
day-hint = Ghi ngày, tháng, năm, ví dụ 05/11/2026.
err-field-unknown = Trang gửi lên có ô không thuộc phiếu hỏi này. Các câu trả lời khác đã được lưu.
err-skip = Tiếp tục, bỏ qua các câu này

# A6 Tạm dừng
pause-link = Tạm dừng
pause-h1 = Tạm dừng
pause = Đã lưu { $n } câu. Làm tiếp lúc nào cũng được đến hết ngày { $date }: quét lại mã, hoặc nhập { $code }.
pause-address = Nhập mã tại { $address }
pause-btn = Làm tiếp bây giờ
leave-btn = Thoát
left-h1 = Đã thoát
left = Máy này không còn mở phiếu của Ông/Bà. Câu trả lời đã lưu vẫn còn. Muốn làm tiếp hay xem biên nhận, quét lại mã trên thư mời, hoặc nhập mã tại { $address }.
timeout-h1 = Xin nhập lại mã
timeout = Vì an toàn, xin nhập lại mã. Câu trả lời đã lưu vẫn còn.

# A7 Xem lại
check-h1 = Xem lại trước khi gửi
check-note = Chưa gửi. Bấm nút ở cuối trang để gửi.
check-skipped = Các câu đã bỏ qua
check-skipped-many = Các câu đã bỏ qua ({ $n })
check-counts = { $answered } trả lời, { $skipped } bỏ qua
check-no-answer = Bỏ qua
check-change = Sửa
check-change-hidden = câu { $number }
check-btn = Gửi câu trả lời

# A8 Biên nhận
done-h1 = Đã nhận câu trả lời. Cảm ơn Ông/Bà.
done-at = Nhận lúc { $time } ngày { $date }. Chụp màn hình nếu muốn giữ số biên nhận.
done-receipt = Số biên nhận { $number }
done-number = Xem biên nhận
done-next = Kết quả chung sẽ đăng tại { $address } vào tháng { $month }. Không ai gọi hỏi thêm, trừ một số ít hộ được gọi để kiểm tra việc phát phiếu.
done-next-h2 = Tiếp theo là gì
done-withdraw = Muốn rút lại, xin làm sớm, vẫn với mã này: thường là trong đêm, câu trả lời được trộn chung và tách khỏi mã, sau đó không tìm lại được để xóa.
done-withdraw-link = Rút lại câu trả lời
used-h1 = Mã này đã gửi câu trả lời
used-elsewhere = Câu trả lời của mã này đã được nhận từ trước. Nếu không phải Ông/Bà gửi, gọi { $hotline }.
used-other-answers = Câu trả lời gửi lần sau khác lần đầu nên không được nhận. Lần gửi đầu vẫn giữ nguyên.
closed-h1 = Cuộc khảo sát đã kết thúc
closed = Cuộc khảo sát đã kết thúc ngày { $date }. Cảm ơn Ông/Bà. Xem kết quả tại { $address }.
early-h1 = Cuộc khảo sát chưa bắt đầu
early = Cuộc khảo sát bắt đầu ngày { $date }. Xin giữ thư và quay lại sau.

# A9 Rút lại
withdraw-h1 = Rút lại câu trả lời
withdraw-note = Nhập mã trên thư mời. Trang sau cho biết những gì sẽ bị xóa.
withdraw-what = Sẽ xóa mọi câu trả lời đã gửi bằng mã này. Sau khi xóa không lấy lại được.
withdraw-btn = Xóa câu trả lời
withdraw-ok-h1 = Đã xóa
withdraw-ok = Đã xóa câu trả lời của mã này. Nếu muốn trả lời lại, nhập mã tại { $address }.
withdraw-none = Mã này chưa gửi câu trả lời nào.
withdraw-late-h1 = Không còn rút lại được
withdraw-late = Câu trả lời đã được trộn chung và tách khỏi mã, nên không tìm lại được để xóa.

# A10 Trợ giúp
help-h1 = Không có mã hoặc mất thư
help-hotline-h2 = Hỏi tổng đài
help-hotline = Gọi { $hotline }. Tổng đài giúp tìm lại mã.
help-visit-h2 = Nhờ điều tra viên đến nhà
help-visit = Gọi { $hotline } và hẹn ngày giờ. Điều tra viên mang theo thẻ và phiếu giấy.
help-not-chosen-h2 = Nhà tôi không nhận được thư
help-not-chosen = Chỉ những địa chỉ được rút thăm mới có mã, để kết quả đúng cho cả tỉnh. Vì thế không có đường dẫn chung cho mọi người.

# A11 Quyền riêng tư, thư có thật không
privacy-h1 = Dữ liệu và quyền của Ông/Bà
privacy-what-h2 = Hỏi gì, không hỏi gì
privacy-what = Khảo sát hỏi ý kiến và vài điều chung về người trả lời (tuổi, giới tính, nghề nghiệp). Khảo sát không hỏi họ tên, số căn cước, số điện thoại, địa chỉ.
privacy-how = Cùng với phiếu, hệ thống chỉ ghi vài điều rất chung để nhận ra phiếu không do người dân trả lời: điền nhanh hay chậm, có vào đêm khuya không, máy này đã gửi một hay nhiều phiếu. Những điều này được cộng chung từ mười phiếu trở lên và không nằm cạnh câu trả lời.
privacy-who-h2 = Ai xem được
privacy-who = Danh sách mã gửi đi và các câu trả lời được giữ ở hai nơi tách rời. Không màn hình nào ghép hai nơi này. Cán bộ xã, tỉnh và người phát phiếu không xem được câu trả lời. Câu trả lời chưa gửi được khóa bằng chính mã của Ông/Bà.
privacy-few = Ở nơi có ít người trả lời, người biết rõ ai được mời có thể đoán. Vì thế kết quả chỉ công bố chung cho cả tỉnh.
privacy-rights-h2 = Quyền của Ông/Bà
privacy-rights = Ông/Bà có quyền không tham gia, bỏ qua câu hỏi, dừng lại, và rút lại câu trả lời cho đến khi chúng được trộn chung và tách khỏi mã (thường là trong đêm sau khi gửi, muộn nhất là khi khảo sát đóng). Khi khảo sát đóng, khóa nối mã với câu trả lời bị hủy.
privacy-cookies-h2 = Cookie
privacy-cookies = Trang chỉ dùng cookie để giữ phiên làm việc, ngôn ngữ, kiểu chữ, số lần nhập sai mã và số phiếu đã gửi từ máy này. Không có cookie theo dõi.
privacy-contact-h2 = Liên hệ
privacy-contact = Bên kiểm soát dữ liệu là Bộ Nội vụ. Hỏi hoặc khiếu nại: gọi { $hotline }.
genuine-h1 = Thư này có thật không?
genuine = Thư thật ghi địa chỉ { $address } và không bao giờ đòi tiền, mật khẩu, số tài khoản hay số căn cước.
genuine-check = Muốn kiểm tra, gọi { $hotline } hoặc hỏi Sở Nội vụ của tỉnh.

# A11 Trợ năng
access-h1 = Trang dành cho mọi người
access-aim = Các trang của người dân được làm theo chuẩn quốc tế WCAG 2.2, mức AA.
access-works-h2 = Những cách dùng được
access-works = Mọi việc làm được chỉ bằng bàn phím, và không cần JavaScript. Chữ phóng to gấp đôi, màn hình hẹp và màu sắc riêng của máy vẫn dùng được. Mỗi câu hỏi và mỗi lựa chọn có tên cho phần mềm đọc màn hình.
access-limits-h2 = Điều còn thiếu
access-limits = Chưa có giọng đọc từng câu hỏi. Người khiếm thị chưa thử các trang này trên điện thoại.
access-help-h2 = Gặp khó khăn
access-help = Gọi { $hotline }. Điều tra viên có thể đến nhà, mang theo phiếu giấy.

# Lỗi
error-code-ended = Mã này không còn dùng được. Xin gọi { $hotline }.
error-draft-busy = Nhiều trang đang mở cùng lúc. Xin bấm lại lần nữa.

# Việc nền
job-step-flush = Trộn câu trả lời, tách khỏi mã
