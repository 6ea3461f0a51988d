# The frame: importing a list, errors and warnings, freezing.

frame-title = Sampling frame
frame-none = There is no list yet. Send a list of persons aged 18 and over to draw from.
frame-send = Send a list
frame-replace = Send another list instead of this one
frame-format = A CSV file (UTF-8, commas or semicolons, at most 200 MB), one line per person, headings in the first line. The column area is urban or rural; household may be empty; phone and email may be missing. The columns:
frame-choose = File with the list
frame-send-btn = Check and import
frame-file = File
frame-persons = Persons
frame-places = Places
frame-places-counts = { $provinces } provinces, { $communes } communes, { $villages } villages
frame-imported = Imported at
frame-digest = SHA-256 digest
frame-freeze = Freeze the frame
frame-freeze-means = Once frozen, nobody can change the list. A sample is drawn from a frozen frame only.
frame-freeze-btn = Freeze the frame
frame-frozen = The frame was frozen at { $moment }. The list can no longer change.
frame-refused = { $defects ->
    [one] The list has 1 mistake, so no line was imported
   *[other] The list has { $defects } mistakes, so no line was imported
}
frame-refused-file = Mistakes in the file { $file }
frame-refused-nothing = No line was imported. Mend the mistakes below in the file and send it again.
frame-defects-download = { $n ->
    [one] Download the mistake (CSV)
   *[other] Download all { $n } mistakes (CSV)
}
frame-defects-shown = { $shown } of { $all } mistakes
frame-column-row = Line
frame-column-column = Column
frame-column-value = Value
frame-column-what = What is wrong
frame-column-fix = How to fix it

frame-what-not-csv = This file is not CSV
frame-fix-not-csv = Open it in a spreadsheet and save it as "CSV UTF-8"
frame-what-utf16 = The file is encoded as UTF-16
frame-fix-utf16 = Save it as "CSV UTF-8"
frame-what-not-utf8 = Some letters cannot be read
frame-fix-not-utf8 = Save the file as "CSV UTF-8", or convert it from an old encoding (TCVN3, VNI) to Unicode
frame-what-no-rows = The list has no persons
frame-fix-no-rows = Send a file with at least one line below the headings
frame-what-column-missing = The column { $column } is missing
frame-fix-column-missing = Add the column { $column } to the first line and to every line
frame-what-column-twice = The column { $column } stands twice
frame-fix-column-twice = Remove one column { $column }
frame-what-line-length = The line has { $found } cells, the first line has { $expected }
frame-fix-line-length = Add or remove cells; put text with commas in quotation marks
frame-what-empty = The cell is empty
frame-fix-empty = Fill in { $column } for this person
frame-what-too-long = The cell is longer than 300 letters
frame-fix-too-long = Shorten { $column }
frame-what-forbidden-character = It has a sign that cannot be used (a / or a control character)
frame-fix-forbidden-character = Remove that sign from { $column }
frame-what-not-a-phone = Not a telephone number of Viet Nam
frame-fix-not-a-phone = Write one number, 10 digits from 03, 05, 07, 08, 09, or a landline from 02; leave it empty when there is none
frame-what-phone-zero = The telephone number has lost its leading zero
frame-fix-phone-zero = Write 0{ $value }; in the spreadsheet, make this column text
frame-what-not-an-email = Not an e-mail address
frame-fix-not-an-email = Write one address such as name@example.com; leave it empty when there is none
frame-what-unknown-province = There is no province { $value }
frame-fix-unknown-province = Use the two-digit code of one of the 34 provinces since 1 July 2025
frame-what-leading-zero = The province code lost its leading zero
frame-fix-leading-zero = Write 0{ $value }; in a spreadsheet, make this column text
frame-what-unknown-area = Neither urban nor rural
frame-fix-unknown-area = Write urban or rural
frame-what-code-twice = This person's code stands in line { $first } already
frame-fix-code-twice = One code per person; remove the repeated line or change the code
frame-what-commune-provinces = In line { $first } this commune is in another province
frame-fix-commune-provinces = Make the commune code and the province code agree
frame-what-commune-areas = In line { $first } this commune has another area
frame-fix-commune-areas = Give the whole commune one area
frame-what-village-communes = In line { $first } this village is in another commune
frame-fix-village-communes = Make the village code and the commune code agree
frame-what-too-many = Too many mistakes; checking stopped at this line
frame-fix-too-many = Mend the mistakes above and send the file again to check the rest

error-file-missing = Choose a file to send
error-upload-too-large = The file is larger than { $megabytes } MB. Please split it or ask your administrator.
error-frame-frozen = The frame was frozen on { $day } and can no longer change. For another list, make a new survey.
error-frame-changed = The frame was replaced or frozen meanwhile. Please reload the page.
error-frame-not-frozen = The frame is not frozen yet, so nothing can be drawn.
