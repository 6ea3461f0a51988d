# Thư mời: lời trên thư, các trang in thư, nhắn tin và danh sách ký nhận.

# Trên thư
letter-sender = Bộ Nội vụ · Khảo sát hài lòng của người dân
letter-code = Mã của Ông/Bà
letter-scan = Quét hình này bằng máy ảnh điện thoại để trả lời.
letter-dear = Kính gửi Ông/Bà,
letter-why = Ông/Bà được chọn bằng cách rút thăm để nói thay cho nhiều người ở địa phương. Vì vậy xin đừng đưa mã này cho người khác.
letter-how-lead = Trả lời thế nào:
letter-code-place = in ở góc trên bên phải thư này
letter-until = Xin trả lời đến hết ngày { $date }.
letter-visit = Không dùng điện thoại thông minh? Gọi { $hotline } và hẹn ngày giờ, điều tra viên sẽ đến nhà.
letter-real-lead = Thư này có thật không:

# Bảng chung
board-title = Thư mời và tin nhắn
board-printed = Thư trong các tệp in
board-printed-counts = { $letters } thư trong { $files } tệp

# In thư
print-title = In thư
print-means = Mỗi tệp PDF có nhiều nhất 500 thư khổ A4 của một tỉnh, xếp theo đường đi của bưu tá: xã, thôn, hộ. In một mặt, gấp ba theo vạch ở lề trái, địa chỉ vừa ô cửa sổ của phong bì. In lại không làm mất hiệu lực mã nào.
print-sample = Xem thư mẫu
print-first = Tiếng thứ nhất trên thư
print-second = Tiếng thứ hai
print-one-language = Chỉ một tiếng
print-provinces = In thư của tỉnh, thành phố nào
print-communes = In thư của xã nào
print-place = { $name }: { $n } thư chưa trả lời
print-some-communes = Chỉ in cho một số xã của một tỉnh
print-places-needed = Chọn ít nhất một địa bàn
print-language-needed = Chọn một tiếng
print-btn = Tạo tệp thư
print-files = Các tệp thư
print-file = Tệp
print-letters = Số thư
print-languages = Tiếng
print-made = Tạo lúc
print-size = Cỡ (byte)
print-destroyed = Đã hủy lúc { $moment }
job-letters = Tạo tệp thư
job-step-letters-print = Đưa thư vào tệp PDF
job-outcome-letters = Xem các tệp thư
sample-letter-name = Nguyễn Văn Mẫu
sample-letter-address = Số 1, ngõ 2 (thư mẫu)
sample-letter-village = Thôn Mẫu
sample-letter-commune = Xã Mẫu
sample-letter-province = Tỉnh Mẫu
error-print-list-gone = Danh sách mã đã hủy nên không in thư được nữa.
error-letters-gone = Không có tệp thư này, hoặc tệp đã hủy.
error-letter-language = Chưa có lời đã duyệt cho tiếng này ({ $language }).
error-letter-words = Cần điền tiêu đề (không quá { $title } chữ) và lời thư (không quá { $body } chữ).
error-letter-too-long = Lời thư dài quá một trang. Xin rút ngắn, hoặc in một tiếng.
error-letter-second-person = Lời thư phải do người khác duyệt, không phải người viết.

# Hủy
destroy-title = Hủy danh sách mã và các tệp thư
destroy-what = Sẽ xóa danh sách mã và mọi tệp thư PDF trên máy chủ. Xóa rồi không lấy lại được.
destroy-means = Hủy rồi thì không in lại thư được, tin nhắc không còn kèm đường dẫn có mã, và người mất thư chỉ được cấp mã mới khi đọc được mã cũ. Nên hủy khi đã gửi hết thư và tin nhắc.
destroy-btn = Hủy tất cả

# Lời riêng trên thư
words-title = Lời trên thư
words-means = Thư dùng lời có sẵn bằng tiếng Việt và tiếng Anh. Cuộc khảo sát có thể dùng lời riêng, kể cả bằng tiếng khác mà phiếu hỏi có. Một người viết, người khác duyệt; chưa duyệt thì chưa in.
words-approved = Đã duyệt
words-waiting = Chờ duyệt
words-new = Viết lời riêng
words-language = Tiếng
words-heading = Tiêu đề
words-body = Lời thư
words-body-hint = Các đoạn cách nhau một dòng trống. Các chữ này được thay khi in: { $places }
words-propose-btn = Gửi để duyệt
words-approve-btn = Duyệt lời này

# Một người
find-title = Tìm một thư mời
find-means = Tìm bằng mã người trong danh sách, hoặc bằng mã 16 số trên thư.
find-person = Mã người
find-person-hint = Như trong cột code của danh sách đã nhập
find-code = Mã trên thư
find-btn = Tìm
one-title = Thư mời của { $person }
one-status = Tình trạng
invitation-open = Chưa trả lời
invitation-responded = Đã trả lời
invitation-refused = Từ chối
invitation-cancelled = Đã thu hồi
one-print = In lại thư
one-print-means = Thư in lại có cùng mã. Không mã nào mất hiệu lực.
one-print-btn = Tải thư về (PDF)
one-new = Cấp mã mới
one-new-means = Dùng khi thư bị mất hoặc lọt vào tay người khác. Mã cũ hết hiệu lực ngay; câu trả lời còn dở dưới mã cũ sẽ mất. Sau đó in thư mới và gửi cho người này.
one-old-code = Mã cũ
one-old-code-known = Có thể để trống: mã cũ còn trong danh sách.
one-old-code-hint = Danh sách mã đã hủy, nên phải nhập mã cũ.
one-new-btn = Cấp mã mới, bỏ mã cũ
one-new-done = Đã cấp mã mới. Mã cũ hết hiệu lực. Xin in thư mới.
error-person-unknown = Không tìm thấy người này trong cuộc khảo sát, hoặc người này ở địa bàn khác.
error-code-cancelled = Thư mời này đã bị thu hồi.
error-old-code-needed = Danh sách mã đã hủy nên hệ thống không biết mã cũ. Xin nhập mã cũ; nếu không còn, xin cử điều tra viên đến nhà.
error-code-changed = Mã này không phải mã hiện nay của người này: có thể vừa được thay. Xin tải lại trang.
error-not-a-reserve = Người này không ở trong danh sách dự phòng.

# Tin nhắn
board-left = Người không muốn nhận tin
channel-email = Thư điện tử
channel-sms = Tin nhắn SMS
channel-zalo = Tin nhắn Zalo
channel-is-off = { $channel }: máy chủ chưa được cài đặt để gửi.
audience-open = Mọi người chưa trả lời
audience-unwritten = Người chưa trả lời và chưa được gửi tin nào
rule-at-hand = khi có người bấm gửi
rule-at-before_close = { $days } ngày trước ngày cuối
rule-at-after_opening = { $days } ngày sau ngày đầu
moment-hand = Khi có người bấm gửi
moment-before_close = Một số ngày trước ngày cuối cùng được trả lời
moment-after_opening = Một số ngày sau ngày đầu tiên được trả lời
message-sending = đang gửi
message-waiting = chờ gửi lại
message-sent = đã gửi
message-delivered = đã đến nơi
message-bounced = bị trả lại
message-refused = bị từ chối
message-unknown = không rõ, không gửi lại
message-code-on-letter = mã in trên thư mời
rules-title = Tin mời và tin nhắc
rules-means = Mỗi quy tắc gửi cho mỗi người nhiều nhất một tin. Người đã trả lời, đã từ chối hoặc không muốn nhận tin thì không gửi. Không nhắc riêng được người đang làm dở, vì phía thư mời không được biết ai đang làm.
rules-table = Các quy tắc
rules-rule = Quy tắc
rules-counts = Các tin
rules-new = Thêm quy tắc
rules-btn = Lưu và xem ai nhận gì
rule-channel = Gửi bằng
rule-audience = Gửi cho ai
rule-moment = Gửi khi nào
rule-days = Số ngày
rule-days-hint = Không dùng khi gửi bằng tay. Quy tắc tự chạy từ 8 đến 20 giờ.
rule-subject = Tiêu đề thư điện tử
rule-subject-hint = Chỉ dùng cho thư điện tử.
rule-subject-start = Mời Ông/Bà trả lời khảo sát hài lòng của người dân
rule-body = Lời nhắn
rule-body-start = Bộ Nội vụ mời Ông/Bà trả lời khảo sát trước hết ngày { "{ngay}" }: { "{duong-dan}" }
rule-title = Ai nhận gì
rule-due = Tự gửi từ ngày
rule-withdrawn = Đã dừng lúc { $moment }
rule-started = Bắt đầu gửi lúc { $moment }
rule-waiting = Chưa gửi
rule-now = Gửi bây giờ thì { $n } người nhận
rule-unreachable = { $n } người chưa trả lời không có số hoặc địa chỉ trong danh sách.
rule-with-codes = Tin kèm đường dẫn có mã của từng người; dưới đây mã được che bằng số 0.
rule-without-codes = Danh sách mã đã hủy nên tin không kèm mã mà nói mã in trên thư.
rule-batches = Ai đã trả lời được báo về theo đợt, nên có người vừa trả lời vẫn nhận tin.
rule-segments = { $n } đoạn SMS
rule-start-btn = Gửi ngay
rule-again-btn = Gửi tiếp cho người chưa nhận
rule-withdraw-btn = Dừng quy tắc này
rule-provinces = Theo tỉnh
rule-reached = Sẽ nhận
rule-not-reached = Không có số hoặc địa chỉ
error-rule-incomplete = Chọn cách gửi, người nhận, lúc gửi, và ghi số ngày từ 0 đến 365.
error-rule-words = Cần điền lời nhắn (không quá { $body } chữ) và tiêu đề thư điện tử (không quá { $subject } chữ).
error-rule-sms-long = Tin SMS dài { $n } đoạn; tối đa { $most } đoạn. Xin rút ngắn.
error-channel-off = Máy chủ chưa được cài đặt để gửi bằng cách này.
error-channel-unreachable = Nơi chuyển tin chưa trả lời. Chưa gửi gì; hệ thống tự thử lại.
error-rule-withdrawn = Quy tắc này đã dừng.
job-messages = Gửi tin
job-step-messages-send = Gửi tin cho từng người
job-outcome-messages = Xem kết quả gửi

# Người dân không muốn nhận tin
leave-h1 = Không nhận tin về khảo sát này nữa
leave-means = Bấm nút dưới đây thì Ông/Bà không nhận tin mời, tin nhắc nào nữa. Thư mời và mã vẫn dùng được.
leave-messages-btn = Tôi không muốn nhận tin nữa
leave-done-h1 = Đã ghi nhận
leave-done = Ông/Bà sẽ không nhận tin nào nữa về khảo sát này. Mã trên thư mời vẫn dùng được.

# Danh sách ký nhận
payment-title = Danh sách ký nhận
payment-means = Danh sách những người đã tham gia, theo xã, để ký nhận thù lao. Chỉ có xã đã có ít nhất { $n } người trả lời.
payment-limits = Danh sách không cho biết ai trả lời gì hay lúc nào, và không ghép được với câu trả lời. Số liệu về theo đợt, nên người trả lời gần đây có thể chưa có tên. Mỗi lần tải đều được ghi vào nhật ký.
payment-responded = { $n } người đã trả lời
payment-pdf = Tải bản in (PDF)
payment-csv = Tải bảng (CSV)
payment-paper-title = Danh sách ký nhận: { $province }
payment-paper-means = Người có tên dưới đây đã tham gia khảo sát. Danh sách không chứa và không dẫn đến câu trả lời nào.
payment-number = Số
payment-name = Họ tên
payment-home = Nơi ở
payment-signature = Ký nhận
error-payment-nobody = Chưa có xã nào của tỉnh này đủ số người trả lời để lập danh sách.
