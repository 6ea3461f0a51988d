# Góp ý của người dân và trả lời.

feedback-title = Góp ý
feedback-what = Ông/Bà thấy số nào lạ, trang nào khó hiểu, hay muốn nói gì về cuộc khảo sát? Xin đừng viết họ tên hay giấy tờ của ai vào đây: câu hỏi và trả lời có thể được đăng.
feedback-topic = Góp ý về
feedback-topic-results = Kết quả
feedback-topic-survey = Cuộc khảo sát
feedback-topic-page = Trang này
feedback-topic-other = Việc khác
feedback-words = Nội dung
feedback-words-hint = Từ 5 đến 2.000 chữ cái.
feedback-contact = Thư điện tử hoặc số điện thoại, nếu muốn được trả lời riêng
feedback-contact-hint = Không bắt buộc. Xóa ngay sau khi trả lời.
feedback-send = Gửi góp ý
feedback-find = Xem góp ý đã gửi
feedback-find-label = Số biên nhận (12 số)
feedback-answers = Góp ý đã được trả lời
feedback-none = Chưa có góp ý nào được đăng.
feedback-receipt-title = Đã nhận góp ý. Cảm ơn Ông/Bà.
feedback-receipt-what = Giữ số biên nhận này: nhập vào trang Góp ý thì xem được câu trả lời.
feedback-state-waiting = Nhận ngày { $day }. Chưa có trả lời.
feedback-state-answered = Trả lời ngày { $day }:
feedback-office = Góp ý của người dân
feedback-office-what = Cũ nhất trước. Trả lời xong thì cách liên hệ bị xóa. Chỉ câu được đánh dấu mới hiện trên trang công khai; đừng đăng câu có thông tin riêng của ai.
feedback-office-none = Không có góp ý nào chờ trả lời.
feedback-office-contact = Liên hệ: { $contact }
feedback-answer = Trả lời
feedback-publish = Đăng câu hỏi và câu trả lời trên trang công khai
feedback-answer-btn = Trả lời

error-feedback-topic = Chọn góp ý về việc gì
error-feedback-words = Viết từ 5 đến 2.000 chữ cái
error-feedback-contact = Cách liên hệ dài nhất 100 chữ cái, trên một dòng
error-feedback-many = Đã có nhiều góp ý từ đường mạng này. Xin gửi lại sau một giờ; nội dung vẫn còn ở đây.
error-feedback-receipt = Không có góp ý nào mang số biên nhận này. Xin xem lại 12 số.
error-feedback-answered = Góp ý này đã có người khác trả lời.
