# What was published of earlier years, and where the way of measuring changed.

history-break-2017 = From 2017 a new method (Decision 2640/QĐ-BNV) asks people who have just used a service. The years before were pilots in 10 provinces, one service at a time.
history-break-2022 = From 2022 anybody aged 18 or over is asked, with a new questionnaire, not only those who have just used a service. The figure is lower because the way of measuring changed; it does not say that people became less satisfied.
history-break-2023 = From 2023 the method of 2023–2026 (Decision 1001/QĐ-BNV) applies: 39 satisfaction items instead of 33.
history-break-2025 = From 2025 there are 34 provinces and cities instead of 63: the country's figure is made of other provinces than before.

history-measure-overall = Overall satisfaction index
history-measure-service-id-card = Pilot: identity card
history-measure-service-land-use-right = Pilot: land use right
history-measure-service-house-permit = Pilot: house building permit
history-measure-service-certification = Pilot: certification
history-measure-service-marriage = Pilot: marriage registration
history-measure-service-birth = Pilot: birth registration
