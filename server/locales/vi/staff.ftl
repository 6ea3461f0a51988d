# Lời cho cán bộ: đăng nhập, khung trang, việc cần làm.

staff-service = SIPAS Online
staff-navigation = Các phần
staff-tasks = Việc cần làm ({ $n })
staff-signed-in = { $name }, { $role }

sign-in-h1 = Đăng nhập
sign-in-name = Tên đăng nhập
sign-in-password = Mật khẩu
sign-in-btn = Đăng nhập
sign-in-err-empty-name = Nhập tên đăng nhập
sign-in-err-empty-password = Nhập mật khẩu
sign-in-err-wrong = Tên đăng nhập hoặc mật khẩu không đúng
sign-in-err-rate = Đã nhập sai nhiều lần. Xin thử lại sau { $n } phút.
sign-in-forgot = Quên mật khẩu: liên hệ người quản trị của đơn vị.
sign-in-expired = Phiên làm việc đã hết hạn. Xin đăng nhập lại.
sign-out-btn = Đăng xuất
sign-out-done = Đã đăng xuất.

role-coordinator = Điều phối viên
role-analyst = Chuyên viên phân tích

task-h1 = Việc cần làm
task-none = Không có việc nào đang chờ.
task-overdue = Quá hạn
task-mine = Chờ tôi quyết định
task-others = Chờ người khác

job-queued = Đang chờ
job-running = Đang làm
job-done = Đã xong
job-failed = Không làm được
job-cancelled = Đã dừng
job-counts = Đã làm { $done } trên { $total }
job-cancel-btn = Dừng việc này
job-result = Xem kết quả
