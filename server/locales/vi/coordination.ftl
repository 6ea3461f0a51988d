# Lời cho điều phối viên: địa bàn, khung mẫu, mẫu, mã mời, tiến độ.

error-scope-national = Việc này do cấp trung ương làm. Ông/Bà xem được tiến độ của địa bàn mình.

# Các cuộc khảo sát
campaigns-none = Chưa có cuộc khảo sát nào.
campaign-state-preparing = Đang chuẩn bị
campaign-state-open = Đang mở
campaign-state-closed = Đã đóng
campaign-window = Từ { $opens } đến { $closes }
campaign-days-left = còn { $days } ngày
campaign-next = Việc tiếp theo:
steps-title = Các bước
step-frame = Nhập và chốt khung mẫu
step-sample = Rút mẫu
step-codes = Cấp mã mời
step-open = Mở khảo sát
step-fieldwork = Theo dõi tiến độ
step-close = Đóng khảo sát
step-frame-note = { $persons } người trong danh sách
step-codes-note = { $letters } thư mời
step-open-note = Người dân trả lời được từ { $opens } đến hết { $closes }
step-fieldwork-note = { $responded } người trả lời trên { $invited } thư mời
step-close-note = Đóng rồi thì không mở lại được
step-status-not-yet = Chưa làm được
step-status-to-do = Cần làm
step-status-running = Đang diễn ra
step-status-possible = Khi cần
step-status-done = Đã xong
open-title = Mở { $name }?
open-means = Người có mã trả lời được từ { $opens } đến hết { $closes }. Mở rồi thì không rút mẫu lại được.
open-letters = Đã cấp mã cho { $letters } thư mời.
open-btn = Mở khảo sát
close-title = Đóng { $name }?
close-means = Đóng rồi thì không ai trả lời được nữa và không mở lại được. Câu trả lời còn chờ sẽ được đưa vào kho, sau đó tính kết quả.
close-counts = Đến nay có { $responded } người trả lời trên { $invited } thư mời.
close-btn = Đóng khảo sát
error-no-codes = Chưa cấp mã mời nên chưa mở được.

progress-batches = Số liệu được đưa về theo đợt để không ai biết ai trả lời lúc nào, nên có thể chậm hơn thực tế một ngày.
progress-none = Chưa cấp mã mời nào ở địa bàn này.
progress-province = Tỉnh, thành phố
progress-invited = Đã mời
progress-responded = Đã trả lời
progress-refused = Từ chối
progress-cancelled = Đã thu hồi
progress-total = Cộng

audit-table = 200 việc gần nhất
audit-when = Lúc
audit-who = Ai
audit-what = Việc
audit-subject = Với
audit-details = Chi tiết

# Mã mời
job-step-invite-letters = Tạo mã và tệp in thư
job-step-invite-answers = Ghi mã được phép trả lời
job-step-invite-contact = Ghi thư mời
error-codes-of-another-draw = Cuộc khảo sát này đã cấp mã cho một lần rút mẫu khác.
error-code-unknown = Không có mã này trong các cuộc khảo sát. Xin xem lại trên thư.
error-code-responded = Mã này đã có câu trả lời trong kho, không thu hồi được nữa.
codes-title = Mã mời
codes-means = Mỗi người trong mẫu được một mã 16 số. Mã chỉ có trong tệp in thư; hệ thống không giữ mã.
codes-of-draw = Mẫu rút từ hạt giống { $seed }
codes-issue-btn = Cấp mã
codes-draw-first = Cần rút mẫu trước.
codes-letters = Số thư mời
codes-file = Tệp in thư { $file } nằm trong thư mục thư của máy chủ. Đây là nơi duy nhất có mã.
codes-file-gone = Tệp in thư đã hủy.
cancel-title = Thu hồi mã
cancel-means = Dùng khi thư bị mất hoặc người nhận đã chuyển đi. Mã thu hồi rồi thì không trả lời được nữa.
cancel-code = Mã trên thư mời
cancel-code-hint = 16 chữ số
cancel-btn = Thu hồi mã
cancel-done = Đã thu hồi mã.

# Cuộc khảo sát mới
new-title = Lập cuộc khảo sát mới
new-name-vi = Tên bằng tiếng Việt
new-name-en = Tên bằng tiếng Anh
new-slug = Tên trong địa chỉ trang
new-slug-hint = Từ 3 đến 40 chữ thường không dấu, chữ số, dấu gạch nối. Ví dụ: sipas-2027
new-slug-wrong = chỉ dùng 3 đến 40 chữ thường không dấu, chữ số, dấu gạch nối
new-opens = Ngày bắt đầu trả lời
new-closes = Ngày cuối cùng được trả lời
new-results = Ngày công bố kết quả
new-hotline = Số điện thoại người dân gọi khi cần
new-form = Phiếu hỏi
new-version = { $title } (bản { $moment })
new-no-form = Chưa có phiếu hỏi nào được duyệt. Chọn và duyệt một phiếu trước.
new-needed = cần điền
new-long = không quá { $most } chữ
new-day = ghi ngày, tháng, năm, ví dụ 05/11/2026
new-form-needed = chọn một phiếu
new-taken-over = Thiết kế mẫu và các quy tắc gửi tin của cuộc trước được chép sang. Danh sách, mẫu, mã và câu trả lời thì không.
new-btn = Lập cuộc khảo sát

# Việc cần làm
work-none = Không có việc nào đang chờ.
work-late = Đã trễ ({ $n })
work-mine = Chờ Ông/Bà ({ $n })
work-others = Chờ người khác ({ $n })
work-failed-jobs = { $n } việc chạy nền không làm được{ $name }
work-form = Duyệt { $n } phiên bản phiếu { $name }
work-draft = { $n } bản nháp cuộc khảo sát, lưu { $name }
work-opening = { $n } đề nghị mở khảo sát: { $name }
work-close = { $n } cuộc khảo sát đã hết hạn, cần đóng: { $name }
work-behind = { $n } nơi chậm hơn kế hoạch trên 20 %: { $name }
work-free = { $n } hồ sơ chưa giao ai: { $name }
work-replacements = { $n } đề nghị thay thế chờ duyệt: { $name }
work-loss = { $n } xã báo mất chờ xác nhận: { $name }

# Danh mục kiểm tra trước khi mở
checks-title = Kiểm tra trước khi mở
check-form = Phiếu hỏi đã được duyệt
check-frame = Khung mẫu đã chốt
check-sample = Mẫu đã rút
check-codes = Mã mời đã cấp
check-letters = Thư đã in, tệp in đã hủy
check-interviewers = Đã có điều tra viên
check-rules = Tin nhắn tự gửi đúng ngày: đã xem lại lời
check-window = Ngày đóng chưa qua
check-state-ready = Xong
check-state-attention = Nên xem
check-state-missing = Còn thiếu
open-propose-btn = Đề nghị mở khảo sát
open-missing = Còn thiếu { $n } việc nên chưa mở được.
open-waits = Ông/Bà đã đề nghị mở. Người khác ở cấp trung ương cần bấm mở.
open-proposed = { $who } đã đề nghị mở.
error-opening-not-proposed = Chưa ai đề nghị mở cuộc khảo sát này.
error-opening-own = Người mở phải khác người đề nghị.
error-checklist = Danh mục kiểm tra còn việc chưa xong.
new-from = Lập cuộc mới từ cuộc này
new-saved = Đã lưu nháp lúc { $time }
new-saved-now = Đã lưu nháp lúc @
new-not-saved = Chưa lưu nháp được. Xin kiểm tra mạng, nội dung vẫn còn trên trang này.
new-keep-btn = Lưu nháp
