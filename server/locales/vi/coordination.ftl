# Lời cho điều phối viên: địa bàn, khung mẫu, mẫu, mã mời, tiến độ.

error-code-unknown = Không có mã này trong các cuộc khảo sát. Xin xem lại trên thư.
error-code-responded = Mã này đã có câu trả lời trong kho, không thu hồi được nữa.
