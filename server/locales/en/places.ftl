# The pages of places: look up, history, load a file.
nav-places = Places
place-title = { $name } ({ $kind })
place-search = Find a place
place-search-hint = Type a name with or without marks, new or old, or a code. For example: dak lak, Bắc Giang, 00004.
place-search-btn = Search
place-day = On
place-day-btn = Show this day
place-none = No place has the name or code “{ $text }”. Try a part of the name.
place-found = { $n ->
    [one] 1 place found
   *[other] { $n } places found
}
place-provinces = { $n } provinces
place-column-name = Name
place-column-kind = Kind
place-column-code = Code
place-column-share = Part of the people
place-column-days = Time
place-within = In
place-inside = { $n ->
    [one] 1 place inside on { $day }
   *[other] { $n } places inside on { $day }
}
place-versions = This code over time
place-made-of = Made of
place-became = Later became
place-days-always = always
place-days-until = until { $until }
place-days-from = from { $from }
place-days-between = from { $from } until { $until }
place-kind-country = country
place-kind-region = region
place-kind-province = province
place-kind-city = city
place-kind-district = district
place-kind-town = town
place-kind-commune = commune
place-kind-ward = ward
place-kind-township = township
place-kind-special_zone = special zone
place-kind-village = village
place-kind-neighbourhood = neighbourhood
place-files = Files loaded
place-file-name = File
place-file-places = Rows
place-file-by = Loaded by
place-file-at = At
place-load = Load a file of places
place-load-means = A CSV file (UTF-8), one line per place and period. A line of the same code and first day replaces the earlier one; all others stay. One defect anywhere, and no line is loaded. The column predecessors names the earlier places by code, such as 70;75, or 70=0.4 where only a part of the people came.
place-load-btn = Check and load
place-refused = { $defects ->
    [one] The file has 1 defect; nothing was loaded
   *[other] The file has { $defects } defects; nothing was loaded
}
place-refused-nothing = Nothing was loaded. Please mend the file and send it again.
place-defects-shown = { $shown } of { $all } defects
place-what-unreadable = The file cannot be read as CSV in UTF-8
place-fix-unreadable = In Excel choose Save as, “CSV UTF-8”
place-what-column-missing = The column { $value } is missing
place-fix-column-missing = Add it to the line of headings
place-what-no-rows = The file has no line
place-fix-no-rows = Check which file you chose
place-what-level = “{ $value }” is no level
place-fix-level = Write one of: country, region, province, district, commune, village
place-what-code = The code “{ $value }” is not valid
place-fix-code = Use digits, plain letters and hyphens only, at most 20; keep zeros in front
place-what-kind = “{ $value }” is no kind of this level
place-fix-kind = For example province, city for provinces; commune, ward, special_zone for communes
place-what-name = The name is empty, too long or has strange characters
place-fix-name = Write the name without its kind; at most 120 letters
place-what-day = “{ $value }” is no day
place-fix-day = Write 2025-07-01 or 01/07/2025; leave it empty when unknown or not over
place-what-days-reversed = The last day comes before the first
place-fix-days-reversed = Exchange the two days
place-what-parent = On the first day there is no place “{ $value }” one level up
place-fix-parent = Write the code of the place that held this one on its first day
place-what-overlap = Code { $value } has two lines for the same days
place-fix-overlap = Give the earlier line its last day (add it to the file), or change the first day
place-what-predecessor = No place “{ $value }” ended before the first day
place-fix-predecessor = Write the code of the earlier place and a part from 0 to 1, such as 70;75 or 70=0.4
place-what-shares = The parts of { $value } add up to more than 1
place-fix-shares = Change the parts so that they add up to at most 1
