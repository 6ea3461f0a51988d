# Phiếu hỏi: chọn, xem thử, so sánh, duyệt.

nav-forms = Phiếu hỏi
forms-title = Phiếu hỏi
forms-none = Chưa có phiếu nào. Chọn một phiếu có sẵn dưới đây.
forms-caption = Các bản phiếu hỏi
forms-column-form = Phiếu
forms-column-holds = Gồm
forms-column-proposed = Người đề nghị
forms-column-state = Tình trạng
forms-built-in = Phiếu có sẵn
forms-built-in-means = Các phiếu đi cùng chương trình. Chọn phiếu nào thì phiếu đó chờ một người khác duyệt.
forms-choose = Chọn phiếu này
form-counts = { $questions } câu, { $pages } trang, { $languages } ngôn ngữ
form-approved = Đã duyệt
form-waiting = Chờ duyệt
form-code = Mã phiếu
form-method = Phương pháp tính
form-digest = Dấu kiểm SHA-256
form-by-at = { $person }, { $moment }
form-try = Xem thử
form-try-in = Xem thử trên màn hình điện thoại: { $language }
form-codebook = Bảng mã
form-codebook-csv = Tải bảng mã cho bảng tính (CSV)
form-codebook-ddi = Tải bảng mã để lưu trữ (DDI-Codebook 2.5)
form-changes = Khác gì bản trước
form-changes-since = So với bản đã duyệt trước đó ({ $moment })
form-changes-breaking = { $n } thay đổi làm kết quả không so sánh được với các năm trước.
form-changes-count = { $n } thay đổi
form-changes-none = Chưa có bản nào trước bản này được duyệt.
form-approve = Duyệt
form-approve-means = Duyệt rồi thì cuộc khảo sát mới dùng được bản này. Bản phiếu không bao giờ sửa được; muốn đổi thì gửi bản mới.
form-approve-own = Ông/Bà đã đề nghị bản này, nên cần một người khác duyệt.
form-approve-btn = Duyệt bản này
form-preview-title = Xem thử: { $form }
form-preview-means = Bấm thử như người dân. Câu hỏi hiện hay ẩn theo câu trả lời; không câu trả lời nào được lưu.
form-preview-alone = Mở riêng trang xem thử
form-trial-end = Hết phiếu
form-trial-answered = Đã trả lời thử { $n } câu. Không câu nào được lưu.
form-trial-again = Xem lại từ đầu

error-form-missing = Không có phiếu hỏi này.
error-form-damaged = Phiếu hỏi đã lưu bị hỏng. Xin báo đơn vị vận hành.
error-form-approval-own = Người đề nghị không tự duyệt được. Cần một người khác duyệt.
error-form-approved-already = Bản phiếu này đã được duyệt.
error-form-not-approved = Bản phiếu này chưa được duyệt nên cuộc khảo sát chưa dùng được.

change-column-place = Ở đâu
change-column-what = Thay đổi
change-column-old = Trước
change-column-new = Sau
change-breaks = Không so sánh được
change-of-form = Cả phiếu
change-of-page = Trang { $page }
change-of-question = Câu { $number } ({ $code })
change-language-added = Thêm ngôn ngữ
change-language-removed = Bỏ ngôn ngữ
change-method = Đổi phương pháp tính
change-words = Đổi lời
change-indicator = Đổi các phần của chỉ số
change-page-added = Thêm trang
change-page-removed = Bỏ trang
change-page-renamed = Đổi tên trang
change-page-moved = Chuyển trang sang phần khác hoặc chỗ khác
change-page-private = Thành trang câu hỏi riêng tư
change-page-not-private = Không còn là trang câu hỏi riêng tư
change-condition = Đổi điều kiện để được hỏi
change-added = Thêm câu hỏi
change-removed = Bỏ câu hỏi
change-moved = Chuyển chỗ câu hỏi
change-reworded = Viết lại câu hỏi
change-code-reused = Mã cũ dùng cho câu hỏi khác
change-kind = Đổi kiểu câu hỏi
change-length = Đổi số chữ tối đa
change-bounds = Đổi khoảng giá trị được ghi
change-topic = Đổi lĩnh vực
change-way-out = Đổi ô trả lời "không biết" hoặc "chưa từng dùng"
change-scale = Đổi thang trả lời
change-choice-added = Thêm lựa chọn
change-choice-removed = Bỏ lựa chọn
change-choice-reworded = Viết lại lựa chọn
change-choices-reordered = Đổi thứ tự lựa chọn

# Phiếu viết bằng bảng tính (XLSForm)
form-send = Gửi phiếu viết bằng bảng tính
form-send-means = Tệp XLSForm (.xlsx, tối đa 5 MB) có các trang tính survey, choices, settings. Muốn sửa một phiếu có sẵn: mở phiếu đó, tải bảng tính về, sửa rồi gửi lại.
form-send-file = Tệp bảng tính
form-send-btn = Kiểm tra và đề nghị
form-workbook = Tải phiếu dạng bảng tính để sửa (XLSForm)
form-refused = Bảng tính có { $n } chỗ không dùng được nên chưa nhận
form-refused-file = Chỗ không dùng được trong tệp { $file }
form-refused-nothing = Chưa nhận gì. Sửa các chỗ dưới đây trong tệp rồi gửi lại.
form-refused-sheet = Trang tính
refused-no-workbook = Tệp này không phải bảng tính .xlsx đọc được.
refused-too-large = Bảng tính quá lớn.
refused-missing-sheet = Thiếu trang tính.
refused-missing = Ô này cần điền.
refused-unknown-language = Cột không ghi mã ngôn ngữ, ví dụ label::Tiếng Việt (vi).
refused-unsupported-type = Kiểu câu hỏi này không dùng được.
refused-unknown-list = Danh sách lựa chọn này không có.
refused-unknown-question = Không có câu hỏi này.
refused-clash = Mã này đã dùng.
refused-reserved-choice = 97, 98, 99 dành cho bỏ qua, không biết, chưa từng dùng.
refused-too-many-choices = Danh sách có quá nhiều lựa chọn.
refused-unbalanced = Các nhóm mở và đóng không khớp.
refused-expression = Biểu thức không hiểu được.
refused-unsupported = Phần này không giữ được.
refused-defect = Không khớp với phần còn lại của phiếu.
refused-left-behind = Phần này bị bỏ lại.
error-form-export = Phiếu này không ghi thành bảng tính được.

# Phiếu giấy
form-paper = Phiếu giấy
form-paper-in = Tải phiếu giấy để in, khổ A4 (PDF): { $language }
error-form-print = Không in được phiếu này. Xin báo đơn vị vận hành.
paper-page = Trang { $page }/{ $pages }
paper-version = Mã phiếu { $form } · Bản { $digest } · { $language }
paper-code = Mã trên thư mời
paper-code-hint = Chép 16 chữ số ở góc trên bên phải của thư.
paper-private = phiếu không hỏi họ tên, số căn cước, số điện thoại. Cán bộ xã, tỉnh và người phát phiếu không xem được câu trả lời.
paper-voluntary-lead = Tự nguyện:
paper-voluntary = câu nào không muốn trả lời thì để trống, dừng lúc nào cũng được.
paper-private-lead = Kín:
paper-how = Cách ghi
paper-how-mark = Đánh dấu X vào ô trước ý Ông/Bà chọn. Mỗi câu, mỗi dòng của bảng chỉ một ô, trừ câu có ghi “Có thể chọn nhiều ý”.
paper-how-correct = Nếu nhầm, tô kín ô đó rồi đánh dấu X vào ô khác.
paper-how-write = Viết bằng bút mực xanh hoặc đen. Số nhỏ cạnh ô dùng khi nhập liệu, Ông/Bà không cần để ý.
paper-return = Xong rồi, xin cho phiếu vào phong bì kèm theo, dán kín và gửi lại. Không ghi tên, địa chỉ lên phiếu hay phong bì. Cảm ơn Ông/Bà.
paper-item = Nội dung
paper-earlier = …… (Câu { $number })
paper-only-if = Chỉ trả lời nếu { $condition }.
paper-only-one-if = Câu { $from }: chỉ trả lời nếu { $condition }.
paper-only-these-if = Câu { $from }–{ $to }: chỉ trả lời nếu { $condition }.
paper-least = Từ { $least } trở lên.
paper-most = Không quá { $most }.
paper-between = Từ { $least } đến { $most }.
paper-day = ngày
paper-month = tháng
paper-year = năm

# Điều kiện của một câu, đứng sau "nếu"
when-one = ở Câu { $number } chọn { $choices }
when-one-of = ở Câu { $number } chọn một trong các ý { $choices }
when-chosen = trong các ý đã chọn ở Câu { $number } có { $choices }
when-choice = { $code } – { $label }
when-equals = ở Câu { $number } ghi đúng { $value }
when-at-least = ở Câu { $number } ghi { $value } { $measure ->
    [day] hoặc muộn hơn
   *[number] trở lên
}
when-at-most = ở Câu { $number } ghi { $value } { $measure ->
    [day] hoặc sớm hơn
   *[number] trở xuống
}
when-above = ở Câu { $number } ghi { $measure ->
    [day] muộn hơn
   *[number] nhiều hơn
} { $value }
when-below = ở Câu { $number } ghi { $measure ->
    [day] sớm hơn
   *[number] ít hơn
} { $value }
when-answered = đã trả lời Câu { $number }
when-not = không phải trường hợp { $condition }
when-and = và
when-or = hoặc
