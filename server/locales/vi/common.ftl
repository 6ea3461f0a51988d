# Lời dùng chung cho mọi trang: khung trang, trạng thái, đơn vị thời gian.

service = Khảo sát hài lòng của người dân
skip-link = Tới nội dung chính
languages = Ngôn ngữ
footer-links = Trợ giúp và quyền riêng tư
footer-help = Trợ giúp
footer-privacy = Quyền riêng tư
footer-genuine = Thư này có thật không?
footer-hotline = Gọi { $hotline } (miễn phí, 7:30–21:00)
synthetic = Dữ liệu mô phỏng, không phải của người thật.

btn-next = Tiếp tục
btn-back = Quay lại
btn-retry = Thử lại
btn-cancel = Thôi
required-none = Câu nào cũng có thể bỏ qua.
optional = (không bắt buộc)
or = hoặc

err-title = Lỗi: { $title }
err-prefix = Lỗi:
err-summary = Xin xem lại
err-form-stale = Trang này mở đã lâu. Xin bấm lại một lần nữa.

moment = { $time } ngày { $date }
duration-short = dưới 1 phút
duration-minutes = khoảng { $n } phút
duration-hours = khoảng { $n } giờ
time-zone = (giờ Việt Nam)
as-of = Số liệu lúc { $moment }

# S-EMPTY, S-WAIT
state-empty = Chưa có gì ở đây.
wait-title = Đang làm
wait-counts = { $done } trên { $total }
wait-left = Còn { $duration }.
wait-started = Bắt đầu lúc { $moment }.
wait-leave = Có thể rời trang này. Trang tự cập nhật mỗi 5 giây.
wait-queued = Đang chờ đến lượt.
wait-bar = Đã xong { $percent }

# S-500, S-403, 404, 405, 413, S-CONFLICT, S-LOCKED
state-500-title = Có lỗi từ phía hệ thống
state-500 = Có lỗi từ phía hệ thống, không phải do Ông/Bà. Câu trả lời đã lưu vẫn còn. Xin thử lại.
state-500-number = Mã lỗi: { $number }
state-500-hotline = Nếu vẫn không được, xin gọi { $hotline }.
state-503-title = Hệ thống đang bận
state-503 = Nhiều người đang vào cùng lúc. Câu trả lời đã lưu vẫn còn. Xin thử lại sau ít phút.
state-403-title = Không có quyền xem trang này
state-403 = Trang này dành cho vai trò { $role }. Người quản trị của đơn vị cấp vai trò này.
state-403-who = Đang đăng nhập: { $name }.
state-404-title = Không tìm thấy trang
state-404 = Địa chỉ có thể đã gõ nhầm hoặc trang đã chuyển đi.
state-404-home = Về trang đầu
state-413-title = Nội dung gửi lên quá lớn
state-413 = Câu trả lời gửi lên dài quá mức. Xin rút ngắn rồi gửi lại.
state-400-title = Không đọc được nội dung gửi lên
state-400 = Trang gửi lên thiếu hoặc thừa thông tin. Xin quay lại, tải lại trang và thử lần nữa.
state-conflict-title = Người khác đã lưu trước
state-conflict = { $name } đã lưu lúc { $moment }. Xin xem cả hai bản rồi chọn một.
state-locked-title = Số liệu đã khóa
state-locked = { $name } đã khóa lúc { $moment }.

pagination = Các trang
pagination-previous = Trang trước
pagination-next = Trang sau
pagination-page = Trang { $n }
pagination-range = Dòng { $from }–{ $to } trên { $total }
