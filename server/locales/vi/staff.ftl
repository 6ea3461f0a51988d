# Lời cho cán bộ: đăng nhập, khung trang, việc cần làm.

staff-service = SIPAS Online
staff-navigation = Các phần
staff-signed-in = { $name }, { $role }

sign-in-password = Mật khẩu
sign-in-btn = Đăng nhập
sign-in-forgot = Quên mật khẩu: liên hệ người quản trị của đơn vị.
sign-out-btn = Đăng xuất

role-coordinator = Điều phối viên
role-administrator = Quản trị viên
role-supervisor = Giám sát viên
role-interviewer = Điều tra viên
role-reviewer = Người duyệt
role-analyst = Chuyên viên phân tích



nav-work = Việc cần làm
nav-people = Người
nav-today = Hôm nay
nav-campaigns = Các cuộc khảo sát
nav-jobs = Việc đang chạy
nav-audit = Nhật ký
nav-results = Kết quả
sign-in-title = Đăng nhập
sign-in-login = Tên đăng nhập
job-draw = Rút mẫu
job-invite = Cấp mã mời
job-flush = Đưa câu trả lời vào kho
job-results = Tính kết quả
job-export = Tạo tệp tải về
job-state-waiting = Đang chờ
job-state-running = Đang làm
job-state-done = Đã xong
job-state-failed = Không làm được
job-problem = Chưa làm được (mã lỗi { $code }). Hệ thống tự thử lại vài lần; nếu vẫn vậy, xin báo người quản trị.
job-asked = { $who } yêu cầu lúc { $moment }.
job-column-name = Việc
job-column-state = Trạng thái
job-column-counts = Đã làm
job-column-asked = Yêu cầu lúc

people-ho-ten = Họ và tên
people-ho-ten-hint = Như trên giấy tờ công tác
people-dang-nhap = Tên đăng nhập
people-dang-nhap-hint = Chữ thường không dấu, số, chấm, gạch; ví dụ lan.nguyen
people-vai-tro = Vai trò
people-noi = Nơi được xem
people-acts = Việc
people-choose = Chọn một mục
people-not-there = { $role } không thể có phạm vi này do Ông/Bà lập
people-new = Thêm người
people-new-btn = Thêm người
people-made = Mật khẩu của { $login }:
people-made-once = Chỉ hiện một lần. Xin đưa tận tay; hệ thống không lưu mật khẩu ở dạng đọc được.
people-out = Đã khóa
people-out-btn = Khóa
people-in-btn = Mở khóa
people-reset-btn = Đặt lại mật khẩu
