# Kết quả đã công bố của các năm trước, và những chỗ cách đo thay đổi.

history-break-2017 = Từ năm 2017 đo theo phương pháp mới (Quyết định 2640/QĐ-BNV), hỏi người vừa làm xong thủ tục. Các năm trước là thí điểm ở 10 tỉnh, từng dịch vụ riêng.
history-break-2022 = Từ năm 2022 hỏi người dân từ 18 tuổi bằng phiếu hỏi mới, không chỉ người vừa làm thủ tục. Số thấp hơn vì cách đo đổi; không vì thế mà nói được là người dân bớt hài lòng.
history-break-2023 = Từ năm 2023 đo theo phương pháp 2023–2026 (Quyết định 1001/QĐ-BNV): 39 nội dung hài lòng thay cho 33.
history-break-2025 = Từ năm 2025 cả nước có 34 tỉnh, thành phố thay cho 63: số của cả nước được tính từ những tỉnh khác trước.

history-measure-overall = Chỉ số hài lòng chung
history-measure-service-id-card = Thí điểm: cấp chứng minh nhân dân
history-measure-service-land-use-right = Thí điểm: quyền sử dụng đất
history-measure-service-house-permit = Thí điểm: cấp phép xây dựng nhà ở
history-measure-service-certification = Thí điểm: chứng thực
history-measure-service-marriage = Thí điểm: đăng ký kết hôn
history-measure-service-birth = Thí điểm: đăng ký khai sinh
