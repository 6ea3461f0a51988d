# Lời cho mọi lỗi: `error-<mã>` là câu, `error-title-<loại>` là tiêu đề trang.

error-title-not-found = Không tìm thấy trang
error-title-forbidden = Không có quyền xem trang này
error-title-too-many = Đã thử nhiều lần
error-title-ours = Có lỗi từ phía hệ thống
error-title-refused = Chưa làm được

error-internal = Có lỗi từ phía hệ thống, không phải do Ông/Bà. Câu trả lời đã lưu vẫn còn. Xin thử lại.
error-page-missing = Địa chỉ có thể đã gõ nhầm hoặc trang đã chuyển đi.
error-method-not-allowed = Trang này không nhận cách gửi đó. Xin quay lại và thử lần nữa.
error-body-too-large = Nội dung gửi lên dài quá mức. Xin rút ngắn rồi gửi lại.
error-request-unreadable = Trang gửi lên thiếu hoặc thừa thông tin. Xin quay lại, tải lại trang và thử lần nữa.
error-form-not-ours = Trang này mở đã lâu hoặc không phải do hệ thống gửi ra. Xin quay lại, tải lại trang và bấm lần nữa.
error-role-needed = Trang này dành cho vai trò khác ({ $role }). Người quản trị của đơn vị cấp vai trò này.
error-sign-in-needed = Xin đăng nhập để xem trang này.
error-sign-in-wrong = Tên đăng nhập hoặc mật khẩu không đúng
error-sign-in-throttled = Đã nhập sai nhiều lần. Xin thử lại sau { $minutes } phút.
error-job-just-ended = Việc này vừa làm xong. Xin bấm lại nếu muốn làm lần nữa.
error-campaign-missing = Không có cuộc khảo sát này.
error-campaign-state = Cuộc khảo sát đang ở trạng thái khác ({ $state }), nên chưa làm được việc này. Xin tải lại trang.
error-campaign-invalid = Thông tin cuộc khảo sát chưa đủ hoặc chưa đúng.
error-campaign-dates = Ngày mở phải trước ngày đóng, ngày đóng phải trước ngày công bố.
error-campaign-taken = Đã có cuộc khảo sát tên { $slug }.
error-form-defects = Phiếu hỏi còn { $count } lỗi nên chưa dùng được.
