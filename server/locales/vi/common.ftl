# Lời dùng chung cho mọi trang: khung trang, trạng thái, đơn vị thời gian.

service = Khảo sát hài lòng của người dân
skip-link = Tới nội dung chính
languages = Ngôn ngữ
footer-links = Trợ giúp và quyền riêng tư
footer-help = Trợ giúp
footer-privacy = Quyền riêng tư
footer-genuine = Thư này có thật không?
footer-access = Trợ năng
footer-hotline = Gọi { $hotline }
synthetic = Dữ liệu mô phỏng, không phải của người thật.

btn-next = Tiếp tục
btn-back = Quay lại
btn-retry = Thử lại
btn-cancel = Thôi
optional = (không bắt buộc)

err-title = Lỗi: { $title }
err-prefix = Lỗi:
err-summary = Xin xem lại

moment = { $time } ngày { $date }
duration-short = dưới 1 phút
duration-minutes = khoảng { $n } phút
duration-hours = khoảng { $n } giờ
time-zone = Mọi giờ là giờ Việt Nam
as-of = Số liệu lúc { $moment }

# S-EMPTY, S-WAIT
state-empty = Chưa có gì ở đây.
wait-title = Đang làm
wait-counts = { $done } trên { $total }
wait-left = Còn { $duration }.
wait-leave = Có thể rời trang này. Trang tự cập nhật mỗi 5 giây.
wait-queued = Đang chờ đến lượt.

# Trang lỗi; các câu ở errors.ftl
state-500-number = Mã lỗi: { $number }
state-404-home = Về trang đầu

pagination = Các trang
pagination-previous = Trang trước
pagination-next = Trang sau
pagination-page = Trang { $n }

islands-hoang-sa = Quần đảo Hoàng Sa
islands-hoang-sa-of = (TP. Đà Nẵng)
islands-truong-sa = Quần đảo Trường Sa
islands-truong-sa-of = (tỉnh Khánh Hòa)
tiles-legend = Mỗi màu có khoảng một phần tư số tỉnh, màu đậm hơn là cao hơn.
