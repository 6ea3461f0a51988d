# Lời cho điều phối viên: địa bàn, khung mẫu, mẫu, mã mời, tiến độ.

error-scope-national = Việc này do cấp trung ương làm. Ông/Bà xem được tiến độ của địa bàn mình.

# Khung mẫu
frame-title = Khung mẫu
frame-none = Chưa có danh sách nào. Gửi danh sách người từ đủ 18 tuổi để rút mẫu.
frame-send = Gửi danh sách
frame-replace = Gửi danh sách khác thay danh sách này
frame-format = Tệp CSV (UTF-8, cách nhau bằng dấu phẩy hoặc chấm phẩy, tối đa 200 MB), mỗi dòng một người, dòng đầu là tên các cột. Cột area ghi urban (thành thị) hoặc rural (nông thôn); household có thể để trống. Các cột cần có:
frame-choose = Tệp danh sách
frame-send-btn = Kiểm tra và nhập
frame-file = Tệp
frame-persons = Số người
frame-places = Địa bàn
frame-places-counts = { $provinces } tỉnh, { $communes } xã, { $villages } thôn
frame-imported = Nhập lúc
frame-digest = Dấu kiểm SHA-256
frame-freeze = Chốt khung mẫu
frame-freeze-means = Chốt rồi thì không ai sửa được danh sách nữa. Mẫu chỉ rút được từ khung đã chốt.
frame-freeze-btn = Chốt khung mẫu
frame-frozen = Khung mẫu đã chốt lúc { $moment }. Danh sách không thay đổi được nữa.
frame-refused = Danh sách có { $defects } lỗi nên chưa nhập dòng nào
frame-refused-file = Lỗi trong tệp { $file }
frame-refused-nothing = Chưa nhập dòng nào. Sửa các lỗi dưới đây trong tệp rồi gửi lại.
frame-defects-download = Tải về cả { $n } lỗi (CSV)
frame-defects-shown = { $shown } trên { $all } lỗi
frame-column-row = Dòng
frame-column-column = Cột
frame-column-value = Giá trị
frame-column-what = Sai gì
frame-column-fix = Sửa thế nào

frame-what-not-csv = Tệp này không phải CSV
frame-fix-not-csv = Mở bằng phần mềm bảng tính, chọn Lưu thành "CSV UTF-8"
frame-what-utf16 = Tệp mã hóa UTF-16
frame-fix-utf16 = Lưu lại thành "CSV UTF-8"
frame-what-not-utf8 = Có chữ không đọc được
frame-fix-not-utf8 = Lưu lại tệp thành "CSV UTF-8", hoặc chuyển từ bảng mã cũ (TCVN3, VNI) sang Unicode
frame-what-no-rows = Danh sách không có người nào
frame-fix-no-rows = Gửi tệp có ít nhất một dòng dưới tên cột
frame-what-column-missing = Thiếu cột { $column }
frame-fix-column-missing = Thêm cột { $column } vào dòng đầu và mọi dòng
frame-what-column-twice = Cột { $column } có hai lần
frame-fix-column-twice = Bỏ bớt một cột { $column }
frame-what-line-length = Dòng có { $found } ô, dòng đầu có { $expected } ô
frame-fix-line-length = Thêm hoặc bớt ô; chữ có dấu phẩy phải đặt trong dấu ngoặc kép
frame-what-empty = Ô để trống
frame-fix-empty = Điền { $column } cho người này
frame-what-too-long = Ô dài quá 300 chữ
frame-fix-too-long = Rút ngắn { $column }
frame-what-forbidden-character = Có ký tự không dùng được (dấu / hoặc ký tự điều khiển)
frame-fix-forbidden-character = Bỏ ký tự đó khỏi { $column }
frame-what-unknown-province = Không có tỉnh mã { $value }
frame-fix-unknown-province = Dùng mã hai chữ số của 34 tỉnh, thành phố từ 01/7/2025
frame-what-leading-zero = Mã tỉnh mất số 0 ở đầu
frame-fix-leading-zero = Ghi 0{ $value }; trong bảng tính, đặt cột này là kiểu chữ
frame-what-unknown-area = Không rõ thành thị hay nông thôn
frame-fix-unknown-area = Ghi urban hoặc rural
frame-what-code-twice = Mã người này đã có ở dòng { $first }
frame-fix-code-twice = Mỗi người một mã; bỏ dòng trùng hoặc đổi mã
frame-what-commune-provinces = Xã này ở dòng { $first } thuộc tỉnh khác
frame-fix-commune-provinces = Sửa mã xã hoặc mã tỉnh cho khớp
frame-what-commune-areas = Xã này ở dòng { $first } ghi khu vực khác
frame-fix-commune-areas = Ghi một khu vực cho cả xã
frame-what-village-communes = Thôn này ở dòng { $first } thuộc xã khác
frame-fix-village-communes = Sửa mã thôn hoặc mã xã cho khớp
frame-what-too-many = Quá nhiều lỗi, đã dừng kiểm tra ở dòng này
frame-fix-too-many = Sửa các lỗi trên rồi gửi lại để kiểm tra phần còn lại

error-file-missing = Chọn một tệp để gửi
error-upload-too-large = Tệp lớn quá { $megabytes } MB. Xin chia nhỏ hoặc liên hệ người quản trị.
error-frame-frozen = Khung mẫu đã chốt ngày { $day }, không thay đổi được nữa. Cần danh sách khác thì lập cuộc khảo sát mới.
error-frame-changed = Khung mẫu đã được thay hoặc đã chốt. Xin tải lại trang.
error-frame-not-frozen = Khung mẫu chưa chốt nên chưa rút mẫu được.

# Mẫu
job-step-draw-frame = Đọc khung mẫu và rút mẫu
job-step-draw-units = Ghi danh sách đã rút
error-seed = Nhập số hạt giống, tối đa 200 chữ
error-draw-missing = Không có lần rút mẫu này.
error-draw-twice = Khung mẫu, thiết kế và hạt giống này đã rút một lần rồi. Xem lại lần rút đó; không rút lại.
error-draw-not-drawn = Mẫu chưa rút xong nên chưa cấp mã được.
error-draw-impossible = Thiết kế này không rút được từ khung mẫu: có tỉnh không đủ xã cho các tầng.

# Mã mời
job-step-invite-letters = Tạo mã và tệp in thư
job-step-invite-answers = Ghi mã được phép trả lời
job-step-invite-contact = Ghi thư mời
error-codes-of-another-draw = Cuộc khảo sát này đã cấp mã cho một lần rút mẫu khác.
error-code-unknown = Không có mã này trong các cuộc khảo sát. Xin xem lại trên thư.
error-code-responded = Mã này đã có câu trả lời trong kho, không thu hồi được nữa.
