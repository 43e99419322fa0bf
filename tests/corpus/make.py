"""Writes the files of the corpus, and beside each what must be read out of it.

Run it here (python3 make.py; it needs `zstd`, Polars and DuckDB). What is expected is written by hand below, case
by case, and never taken from the program. Everything in the files is invented.
"""

import gzip, io, os, pathlib, struct, subprocess, tempfile, zipfile, zlib

import duckdb, polars

HERE = pathlib.Path(__file__).parent
for old in HERE.glob("files/*"):
    old.unlink()
(HERE / "files").mkdir(exist_ok=True)


def case(name, content, expected):
    if isinstance(content, str):
        content = content.encode()
    (HERE / "files" / name).write_bytes(content)
    (HERE / "files" / (name + ".expected")).write_text(expected.strip() + "\n")


# ---------------------------------------------------------------- packing

def gz(content):
    return gzip.compress(content, mtime=0)


def zst(content):
    command = ["zstd", "-q", "-19", "--check", "-c"]
    return subprocess.run(command, input=content, stdout=subprocess.PIPE, check=True).stdout


# ------------------------------------------------------------ spreadsheets

def escape(text):
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def letter(column):
    return ("" if column < 26 else chr(64 + column // 26)) + chr(65 + column % 26)


def archive(entries, stored=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in entries:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            file.writestr(info, text)
    return out.getvalue()


# Styles: 0 plain, 1 percent, 2 date, 3 percent with decimals.
STYLES = """<?xml version="1.0" encoding="UTF-8"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>
<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>
</styleSheet>"""


class P(float):
    "A number shown as a percentage."


class D(int):
    "A serial date."


def xlsx(sheets):
    """sheets: (name, rows, options); a cell is None, a number, a text, P or D."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings, entries, tags, relations = [], [], [], []
    for index, (name, rows, options) in enumerate(sheets, 1):
        body = []
        for number, row in enumerate(rows, options.get("first", 1)):
            cells = []
            for column, value in enumerate(row):
                at = f'r="{letter(column)}{number}"'
                if value is None:
                    continue
                if isinstance(value, P):
                    cells.append(f'<c {at} s="{options.get("percent", 1)}"><v>{float(value)}</v></c>')
                elif isinstance(value, D):
                    cells.append(f'<c {at} s="2"><v>{int(value)}</v></c>')
                elif isinstance(value, (int, float)):
                    cells.append(f"<c {at}><v>{value}</v></c>")
                elif value == "":
                    cells.append(f'<c {at} s="0"/>')
                else:
                    if value not in strings:
                        strings.append(value)
                    cells.append(f'<c {at} t="s"><v>{strings.index(value)}</v></c>')
            body.append(f'<row r="{number}">{"".join(cells)}</row>')
        merged = options.get("merged", [])
        merged = "".join(f'<mergeCell ref="{it}"/>' for it in merged)
        merged = f"<mergeCells>{merged}</mergeCells>" if merged else ""
        dimension = options.get("dimension")
        dimension = f'<dimension ref="{dimension}"/>' if dimension else ""
        entries.append((f"xl/worksheets/sheet{index}.xml",
                        f'<worksheet {main}>{dimension}<sheetData>{"".join(body)}</sheetData>{merged}</worksheet>'))
        state = f' state="{options["state"]}"' if "state" in options else ""
        tags.append(f'<sheet name="{escape(name)}" sheetId="{index}" r:id="rId{index}"{state}/>')
        relations.append(f'<Relationship Id="rId{index}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{index}.xml"/>')
    shared = "".join(f"<si><t>{escape(it)}</t></si>" for it in strings)
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return archive([
        ("[Content_Types].xml", f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'),
        ("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml", f'<workbook {main} xmlns:r="{office}"><sheets>{"".join(tags)}</sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">{"".join(relations)}<Relationship Id="rIdS" Type="{office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rIdT" Type="{office}/styles" Target="styles.xml"/></Relationships>'),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", f'<sst {main}>{shared}</sst>'),
    ] + entries)


def ods(rows, name="Sheet1"):
    def cell(value):
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, P):
            return f'<table:table-cell office:value-type="percentage" office:value="{float(value)}"><text:p>{float(value):.0%}</text:p></table:table-cell>'
        if isinstance(value, (int, float)):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    body = "".join(f'<table:table-row>{"".join(map(cell, row))}<table:table-cell table:number-columns-repeated="1000"/></table:table-row>' for row in rows)
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    return ods_of(f'<table:table table:name="{name}">{body}{tail}</table:table>')


def ods_of(tables):
    spaces = "".join(f' xmlns:{it}="urn:oasis:names:tc:opendocument:xmlns:{it}:1.0"' for it in ("office", "table", "text", "style"))
    return archive([
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'),
        ("content.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>'),
    ], stored=("mimetype",))


def xls(rows, name="Sheet1", extra=b""):
    """BIFF8 in a compound file of one stream."""
    def record(kind, data=b""):
        return struct.pack("<HH", kind, len(data)) + data
    def text(value):
        return struct.pack("<HB", len(value), 1) + value.encode("utf-16le")
    def sheet():
        out = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
        out += record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, (int, float)):
                    out += record(0x203, struct.pack("<HHHd", r, c, 0, value))
                else:
                    out += record(0x204, struct.pack("<HHH", r, c, 0) + text(value))
        return out + record(0x0A)
    label = struct.pack("<BB", len(name), 1) + name.encode("utf-16le")
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + extra + record(0x42, struct.pack("<H", 1200))
    begin += record(0xE0, bytes(20))
    size = len(begin) + 4 + 6 + len(label) + 4
    stream = begin + record(0x85, struct.pack("<IH", size, 0) + label) + record(0x0A) + sheet()
    return compound("Workbook", stream)


def compound(name, stream):
    stream += bytes(-len(stream) % 512)
    stream += bytes(max(0, 4096 - len(stream)))
    sectors = len(stream) // 512
    end, free, fat_mark = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    fat = [fat_mark, end] + [it + 3 for it in range(sectors - 1)] + [end]
    fat += [free] * (128 - len(fat))
    def entry(name, kind, child, start, length):
        raw = name.encode("utf-16le")
        return (raw + bytes(64 - len(raw)) + struct.pack("<HBBIII", len(raw) + 2, kind, 1, free, free, child)
                + bytes(36) + struct.pack("<IQ", start, length))
    directory = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, len(stream)) + bytes(256)
    header = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
              + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + b"\xFF" * 432)
    return header + struct.pack("<128I", *fat) + directory + stream


# ------------------------------------------------------- separators, quotes

HOTEL = """id,city,Q1,Q2,Q3,Q4
1,Lyon,5,4,3,9
2,Bern,4,4,N/A,10
3,Lyon,5,,2,0
"""
HOTEL_READ = """
map hotel
rows 3
welcome 5 4 5
room 4 4 blank
breakfast 3 na 2
recommend 9 10 0
"""
case("comma.csv", HOTEL, HOTEL_READ)
case("semicolon.csv", HOTEL.replace(",", ";"), HOTEL_READ)
case("tab.tsv", HOTEL.replace(",", "\t"), HOTEL_READ)
case("pipe.txt", HOTEL.replace(",", "|"), HOTEL_READ)
case("no_line_feed_at_the_end.csv", HOTEL.rstrip(), HOTEL_READ)
case("windows_line_ends.csv", HOTEL.replace("\n", "\r\n"), HOTEL_READ)
case("old_mac_line_ends.csv", HOTEL.replace("\n", "\r"), HOTEL_READ)
case("sep_line_of_excel.csv", "sep=;\r\n" + HOTEL.replace(",", ";").replace("\n", "\r\n"), HOTEL_READ)
case("end_of_file_of_dos.csv", HOTEL + ",,,,,\n", HOTEL_READ)
case("everything_quoted.csv", "\n".join(",".join(f'"{it}"' for it in line.split(",")) for line in HOTEL.split("\n") if line), HOTEL_READ)
case("comments_with_everything.csv", '''id,Q1,Q2,Q3,say
1,5,4,3,"lovely, really"
2,4,4,N/A,"said: ""never again"";
and left"
3,5,,2,a | b; c	d
''', """
map hotel
rows 3
welcome 5 4 5
room 4 4 blank
breakfast 3 na 2
""")
case("decimal_commas_of_a_german_excel.csv", "id;Q1;Q2;Q3\r\n1;4,5;3;2\r\n2;1,5;3,0;5\r\n".encode("cp1252"), """
map hotel
rows 2
welcome 4.5 1.5
room 3 3
breakfast 2 5
""")

# --------------------------------------------------------------- encodings

ZH = """序号,城市,1、接待,2、报修,3、绿化,总体满意度,权重,意见
1,成都,8,9,99,9,1.5,服务很好
2,重庆,10,7,6,8,1,停车难
3,成都,3,跳过,(空),4,2,没人管
"""
ZH_READ = """
map property
rows 3
reception 8 10 3
repair 9 7 asked
garden na 6 blank
overall 9 8 4
"""
case("utf8.csv", ZH, ZH_READ)
case("utf8_bom_of_wjx.csv", "\ufeff" + ZH, ZH_READ)
case("gb18030.csv", ZH.encode("gb18030"), ZH_READ)
case("gbk_tabs_of_spss.dat", ZH.replace(",", "\t").encode("gbk"), ZH_READ)
case("utf16le_of_excel_unicode_text.txt", b"\xFF\xFE" + ZH.replace(",", "\t").encode("utf-16le"), ZH_READ)
case("utf16be.csv", b"\xFE\xFF" + ZH.encode("utf-16be"), ZH_READ)
case("utf16le_without_mark.csv", ZH.encode("utf-16le"), ZH_READ)
case("big5.csv", """編號,接待,報修,意見
1,滿意,非常滿意,服務很好
2,普通,不滿意,停車位不夠
3,非常不滿意,滿意,沒有回覆
""".encode("big5"), """
map property_hant
rows 3
reception 4 3 1
repair 5 2 4
told TM330
says `非常滿意` = 5
""")
case("gb18030_with_a_broken_byte.csv", ZH.encode("gb18030").replace("停".encode("gbk"), b"\xcd\xff"), """
map property
error TM408
says begins as gb18030 and does not go on so
says in row 2 (line 3)
says save it as UTF-8
""")
case("utf8_cut_inside_a_character.csv", ZH.encode()[:-2], """
map property
error TM408
says begins as UTF-8 and does not go on so
says in row 3 (line 4)
""")
case("not_text.csv", bytes(range(256)) * 8, """
map property
error TM408
says is no text in any encoding we know
""")

# ------------------------------------------------------------- compression

case("warehouse.csv.gz", gz(HOTEL.encode()), HOTEL_READ)
case("warehouse.csv.zst", zst(HOTEL.encode()), HOTEL_READ)
case("gzip_by_another_name.csv", gz(ZH.encode("gb18030")), ZH_READ)
case("two_parts_of_gzip.csv.gz", gz(HOTEL.encode()[:40]) + gz(HOTEL.encode()[40:]), HOTEL_READ)
MANY = "id,Q1,Q2,Q3\n" + "".join(f"{i},{i * i % 5 + 1},{i * 7 % 5 + 1},{i % 5 + 1}\n" for i in range(1, 4001))
case("cut_off.csv.gz", gz(MANY.encode())[:5000], """
map hotel
error TM430
says ends in the middle: not all of its gzip is there
says in row
says copy or export it again, to its end
""")
case("cut_off.csv.zst", zst(MANY.encode())[:-9], """
map hotel
error TM430
says not all of its Zstandard is there
""")
damaged = bytearray(gz(HOTEL.encode()))
damaged[-6] ^= 1
case("checksum_does_not_fit.csv.gz", bytes(damaged), """
map hotel
error TM430
says is damaged: what it holds is no sound gzip
""")
bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
case("bomb.csv.gz", bomb.compress(b"id,Q1,Q2,Q3,say\n" + (b"1,1,1,1," + b"x" * 60_000 + b"\n") * 1_400) + bomb.flush(), """
map hotel
error TM431
says unpacks to over 64 MiB
says in row
""")
case("packed_twice.csv.gz.gz", gz(gz(HOTEL.encode())), """
map hotel
error TM413
says unpack it first
""")

# ------------------------------------------------- layouts of survey tools

case("wenjuanxing_labels.csv", "\ufeff" + """序号,提交答卷时间,所用时间,来源,来自IP,1、接待,2、报修,3、绿化,总分
1,2025/3/1 9:30:11,83秒,微信,1.2.3.4(四川-成都),非常满意,满意,一般,12
2,2025/3/1 9:41:02,120秒,链接,1.2.3.5(重庆-重庆),不满意,未使用,非常不满意,3
3,2025/3/2 18:00:59,64秒,微信,1.2.3.6(四川-成都),满意,(空),非常满意,9
""", """
map property5
rows 3
reception 5 2 4
repair 4 na blank
garden 3 1 5
told TM330
says `非常满意` = 5
""")
case("wenjuanxing_scores.csv", """序号,1、接待,2、报修,3、绿化,总体满意度,权重,年份
1,10分,8.5 分,１０分,9分,1,2024
2,7分,６,99,8分,1,2025
""", """
map property
by column
wave 2024
rows 1
reception 10
repair 8.5
garden 10
overall 9
""")
case("title_above_the_header.csv", """2025年度满意度调查,,,,
导出时间：2025-04-01,,,,
,,,,
序号,城市,接待,报修,绿化
1,成都,8,9,7
2,重庆,10,7,6
""", """
map property
rows 2
reception 8 10
repair 9 7
garden 7 6
told TM331
says the header of `title_above_the_header.csv` is in line 4
""")
case("title_of_one_cell_over_semicolons.csv", """Gästebefragung, Frühjahr 2025
Quelle: Empfang
id;Q1;Q2;Q3
1;5;4;3
2;4;4,5;N/A
""", """
map hotel
rows 2
welcome 5 4
room 4 4.5
breakfast 3 na
told TM331
""")
case("qualtrics.csv", """StartDate,ResponseId,Finished,Q1,Q2,Q3,Q4
Start Date,Response ID,Finished,How satisfied were you with the welcome?,"How satisfied were you
with the room?",How satisfied were you with breakfast?,How likely are you to recommend us?
"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""finished""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3""}","{""ImportId"":""QID4""}"
2025-03-01 10:00:00,R_1,True,Extremely satisfied,Somewhat satisfied,N/A,10 - Extremely likely
2025-03-01 11:00:00,R_2,True,Somewhat dissatisfied,Neither satisfied nor dissatisfied,Extremely satisfied,7
2025-03-01 12:00:00,R_3,False,Extremely dissatisfied,,Somewhat satisfied,0 - Not at all likely
""", """
map hotel
rows 3
welcome 5 2 1
room 4 3 blank
breakfast na 5 4
recommend 10 7 0
told TM330 TM331
says 2 rows under it were passed over
""")
case("surveymonkey.csv", """Respondent ID,Collector ID,How satisfied were you with the welcome?,How satisfied were you with the room?,How satisfied were you with breakfast?,Anything else?
,,Response,Response,Response,Open-Ended Response
118001,4001,Very satisfied,Satisfied,Neutral,no
118002,4001,Dissatisfied,Very dissatisfied,N/A,
""", """
map hotel
rows 2
welcome 5 2
room 4 1
breakfast 3 na
told TM330 TM331
""")
case("stars.csv", """id,Q1,Q2,Q3
1,★★★★★,★★★★☆,⭐⭐⭐
2,★☆☆☆☆,★★☆☆☆,N/A
""", """
map hotel
rows 2
welcome 5 1
room 4 2
breakfast 3 na
told TM330
""")
case("faces.csv", "id,Q1,Q2,Q3\n1,😡,😐,🙂\n2,😀,🙁,😀\n3,🙂,☹️,😡\n", """
map hotel
rows 3
welcome 1 5 4
room 3 2 2
breakfast 4 5 1
told TM330
""")
case("numbers_with_labels.csv", """id,Q1,Q2,Q3
1,5 - Very satisfied,4=Satisfied,3
2,1 - Very dissatisfied,2,N/A
""", """
map hotel
rows 2
welcome 5 1
room 4 2
breakfast 3 na
""")
case("agree_on_seven.csv", """welcome,room,share
Strongly agree,Somewhat disagree,85%
Neither agree nor disagree,Agree,7.5%
Disagree,Strongly disagree,100
""", """
map seven
rows 3
welcome 7 4 2
room 3 6 1
share 85 7.5 100
told TM330
""")
case("declared_labels.csv", """welcome,room
Thrilled,85
never again,100
FINE,0
""", """
map declared
rows 3
welcome 3 1 2
room 85 100 0
""")
case("labels_of_two_sets.csv", """序号,接待,报修,绿化
1,不满意,5,5
2,一般,4,5
3,非常满意,4,5
""", """
map property5
error TM435
says the labels in column `接待` of `labels_of_two_sets.csv` could mean several things
says declare them at the question
""")
case("labels_of_no_set.csv", """序号,接待,报修,绿化
1,满意,5,5
2,还行吧,4,5
3,还行吧,4,5
""", """
map property5
error TM401
says `还行吧` in 2 cells: rows 2, 3 (lines 3, 4)
""")
case("not_applicable_with_a_number.csv", """id,Q1,Q2,Q3
1,5,4,3
2,1 - not applicable,4,3
""", """
map hotel
error TM401
says `1 - not applicable` in 1 cell: row 2 (line 3)
""")

# --------------------------------------------------------------- long rows

case("long.csv", """id,city,touchpoint,score
a,Lyon,welcome,5
a,Lyon,room,4
b,Bern,welcome,4
a,Lyon,recommend,9
b,Bern,breakfast,N/A
c,Lyon,room,2
b,Bern,1.2,3
""", """
map hotel
rows 3
welcome 5 4 blank
room 4 3 2
breakfast blank na blank
recommend 9 blank blank
""")
case("long_by_wave.csv", """id,year,touchpoint,score
a,2024,welcome,5
a,2025,welcome,3
b,2025,room,4
""", """
map hotel
by column
wave 2025
rows 2
welcome 3 blank
room 4 blank
""")
case("long_twice.csv", """id,touchpoint,score
a,welcome,5
a,welcome,1
a,chekout,1
,room,4
""", """
map hotel
error TM433 TM433 TM433
says 1 row of `long_twice.csv` repeating a respondent, touchpoint and wave of a row before
says row 2 (line 3)
says `chekout` in 1 cell
says without a respondent
""")
case("long_without_respondents.csv", """touchpoint,score
welcome,5
""", """
map hotel
error TM433
says none that tells whose score it is
""")

# --------------------------------------------------------------- JSON Lines

case("warehouse.jsonl", """{"id": 1, "city": "Lyon", "Q1": 5, "Q2": 4, "Q3": 3, "Q4": 9}
{"Q1": 4, "Q2": "4", "Q3": "N/A", "id": 2, "Q4": 10}

{"id": 3, "city": "Lyon", "Q1": 5.0, "Q2": null, "Q3": 2, "Q4": 0}
""", HOTEL_READ)
case("events.jsonl", """{"id": "a", "touchpoint": "welcome", "score": 5}
{"id": "b", "touchpoint": "welcome", "score": 4}
{"id": "a", "touchpoint": "room", "score": 2}
""", """
map hotel
rows 2
welcome 5 4
room 2 blank
""")
case("broken.jsonl", """{"id": 1, "Q1": 5}
{"id": 2, "Q1": 4
{"id": 3, "Q1": 5}
""", """
map hotel
error TM430
says line 2 is no JSON object
says in row 2
""")
case("list.json", '[\n  {"id": 1, "Q1": 5},\n  {"id": 2, "Q1": 4}\n]\n', """
map hotel
error TM413
says write one object per line (JSON Lines)
""")

# ------------------------------------------------------------- spreadsheets

HEAD = ["id", "Q1", "Q2", "Q3", "Q4"]
PLAIN = [HEAD, [1, 5, 4, 3, 9], [2, 4, 4, "N/A", 10], [3, 5, None, 2, 0]]
case("plain.xlsx", xlsx([("Sheet1", PLAIN, {})]), HOTEL_READ)
case("numbers_as_text.xlsx", xlsx([("Sheet1", [[str(it) if it is not None else None for it in row] for row in PLAIN], {})]), HOTEL_READ)
case("empty_rows_and_columns.xlsx", xlsx([("Sheet1", [row + ["", ""] for row in PLAIN] + [[""] * 7] * 30, {"dimension": "A1:XFD1048576"})]), HOTEL_READ)
case("merged_title.xlsx", xlsx([("数据", [["2025年度满意度调查"], [], HEAD] + PLAIN[1:], {"merged": ["A1:E1"]})]), HOTEL_READ.strip() + "\ntold TM331\nsays is in line 3")
case("two_header_rows_merged.xlsx", xlsx([("Data", [["id", "Touchpoints", None, None, "Q4"], [None, "Q1", "Q2", "Q3", None]] + PLAIN[1:], {"merged": ["A1:A2", "B1:D1", "E1:E2"]})]), HOTEL_READ.strip() + "\ntold TM331")
case("hidden_codebook.xlsx", xlsx([("Codes", [["code", "meaning"], [1, "bad"]], {"state": "hidden"}), ("Data", PLAIN, {})]), HOTEL_READ)
case("cover_sheet.xlsx", xlsx([("Cover", [["A survey"], ["by an institute"]], {}), ("Data", PLAIN, {}), ("Notes", [["weighted by city"]], {})]), HOTEL_READ.strip() + "\ntold TM332\nsays sheet `Data` of `cover_sheet.xlsx` was read")
case("sheet_by_name.xlsx", xlsx([("2024", PLAIN[:2], {}), ("2025", PLAIN, {})]), "sheet 2025\n" + HOTEL_READ)
case("two_sheets_alike.xlsx", xlsx([("2024", PLAIN, {}), ("2025", PLAIN, {})]), """
map hotel
error TM432
says does not tell which of its sheets has the answers
says its sheets are `2024`, `2025`
says sheet: …
""")
case("no_such_sheet.xlsx", xlsx([("Data", PLAIN, {})]), """
sheet Date
map hotel
error TM432
says has no sheet `Date`
says did you mean `Data`?
""")
case("percent.xlsx", xlsx([("Sheet1", [["welcome", "room", "share"], [7, 6, P(0.85)], [1, 2, P(0.07)], [3, 4, 100]], {})]), """
map seven
rows 3
welcome 7 1 3
room 6 2 4
share 85 7 100
""")
case("dates_where_scores_should_be.xlsx", xlsx([("Sheet1", [HEAD, [1, 5, D(45943), 3, 9], [2, 4, 4, 2, 9]], {})]), """
map hotel
error TM401
says `2025-10-13` in 1 cell: row 1 (line 2)
""")
case("year_as_a_number.xlsx", xlsx([("Sheet1", [["id", "year", "Q1", "Q2", "Q3"], [1, 2024, 5, 4, 3], [2, 2025.0, 4, 4, 1]], {})]), """
map hotel
by column
wave 2025
rows 1
welcome 4
room 4
breakfast 1
""")
case("merged_answers.xlsx", xlsx([("Sheet1", [["id", "city", "Q1", "Q2", "Q3"], [1, "Lyon", 5, 4, 3], [2, None, 4, 4, 2], [3, None, 1, 1, 1]], {"merged": ["B2:B4"]})]), """
map hotel
error TM432
says the cells B2:B4 of `merged_answers.xlsx` are merged
says unmerge them
""")
case("errors_of_formulas.xlsx", xlsx([("Sheet1", [HEAD, [1, 5, "#N/A", 3, 9]], {})]), """
map hotel
error TM401
says `#N/A` in 1 cell
""")
case("workbook_named_csv.csv", xlsx([("Sheet1", PLAIN, {})]), HOTEL_READ)
case("plain.ods", ods(PLAIN), HOTEL_READ)
case("percent.ods", ods([["welcome", "room", "share"], [7, 6, P(0.85)]]), """
map seven
error TM430
says shows numbers as percentages
says save it as XLSX or CSV
""")
case("plain.xls", xls(PLAIN), HOTEL_READ)
case("labels.xls", xls([["序号", "接待", "报修", "绿化"], [1, "非常满意", "满意", 3], [2, "一般", "非常不满意", 4]]), """
map property5
rows 2
reception 5 3
repair 4 1
garden 3 4
told TM330
""")
case("cut_off.xlsx", xlsx([("Sheet1", PLAIN, {})])[:-300], """
map hotel
error TM430
says ends in the middle: not all of its ZIP archive is there
""")
broken = bytearray(xlsx([("Sheet1", PLAIN, {})]))
at = bytes(broken).index(b"xl/worksheets/sheet1.xml") + 60
broken[at] ^= 0xFF
case("damaged.xlsx", bytes(broken), """
map hotel
error TM430
says is damaged
""")
case("bomb.xlsx", archive([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", b"<c>" + b" " * (80 << 20))]), """
map hotel
error TM431
says unpacks to over 64 MiB
""")
case("repeated_cells_bomb.ods", ods_of('<table:table table:name="a">' + '<table:table-row><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell></table:table-row>' * 2000 + "</table:table>"), """
map hotel
error TM431
""")
case("locked.xlsx", compound("EncryptedPackage", bytes(range(256)) * 20), """
map hotel
error TM413
says is locked by a password
""")
case("no_workbook.zip", archive([("answers.csv", HOTEL)]), """
map hotel
error TM413
says a ZIP archive without a workbook
says unpack it first
""")
case("web_page.xls", "<html><body><table><tr><td>id</td><td>Q1</td></tr></table></body></html>", """
map hotel
error TM413
says a web page (HTML), whatever its name says
""")
case("spss.sav", b"$FL2@(#) SPSS DATA FILE" + bytes(160), """
map hotel
error TM413
says is an SPSS file (.sav)
says SPSS: File > Save As > CSV
says haven::read_sav("x.sav", user_na = TRUE)
says pyreadstat.read_sav("x.sav", user_missing=True)
""")
case("spss.zsav", b"$FL3@(#) SPSS DATA FILE" + bytes(160), """
map hotel
error TM413
says is an SPSS file (.zsav)
says pyreadstat.read_sav("x.sav", user_missing=True)
""")

# ------------------------------------------------------------------ Parquet
#
# Written by Polars and by DuckDB, which share no code with the program. What is expected holds
# where Parquet is read; elsewhere, all of these are refused in the same words.

def by_polars(columns, **options):
    out = io.BytesIO()
    polars.DataFrame(columns).write_parquet(out, **{"statistics": False, **options})
    return out.getvalue()


def by_duckdb(query, options):
    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "it.parquet"
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, {options})")
        return path.read_bytes()


STAYS = {
    "id": ["a", "b", "c"],
    "Q1": [5, 4, 5],
    "Q2": [4.0, 4.0, None],
    "Q3": ["3", "N/A", "2"],
    "nps": polars.Series([9, 10, 0], dtype=polars.UInt8),
}
STAYS_EXPECTED = """
map hotel
rows 3
welcome 5 4 5
room 4 4 blank
breakfast 3 na 2
recommend 9 10 0
"""
for packing in ["uncompressed", "snappy", "gzip", "zstd", "lz4"]:
    case(f"polars_{packing}.parquet", by_polars(STAYS, compression=packing), STAYS_EXPECTED)
case("groups_of_rows.parquet", by_polars(STAYS, compression="snappy", row_group_size=2), STAYS_EXPECTED)
STAYS_SQL = """SELECT * FROM (VALUES
    ('a', 5::TINYINT, 4::FLOAT, '3', 9::DECIMAL(4,1)),
    ('b', 4, 4, 'N/A', 10), ('c', 5, NULL, '2', 0)) AS it(id, Q1, Q2, Q3, nps)"""
for packing in ["uncompressed", "snappy", "gzip", "zstd", "lz4_raw"]:
    case(f"duckdb_{packing}.parquet", by_duckdb(STAYS_SQL, f"CODEC '{packing}'"), STAYS_EXPECTED)
case("duckdb_v2.parquet", by_duckdb(STAYS_SQL, "CODEC 'zstd', PARQUET_VERSION v2"), STAYS_EXPECTED)
# Cells of all kinds; src/survey/columnar/rows.rs knows them one by one.
case("kinds.parquet", by_duckdb("""SELECT * FROM (VALUES
    (true, 5::DOUBLE, 4.50::DECIMAL(18,2), -1.25::DECIMAL(38,3), DATE '2025-10-13', TIMESTAMP '2025-10-13 12:00:00.25',
     TIMESTAMP_NS '2025-10-13 00:00:00', TIME '09:30:00', '00112233-4455-6677-8899-aabbccddeeff'::UUID, 18446744073709551615::UBIGINT, '非常满意'),
    (NULL, 'NaN'::DOUBLE, 5, NULL, DATE '1969-12-31', NULL, NULL, NULL, NULL, 0, ''))
    AS it(truth, Q1, Q2, large, day, seen, exact, hour, uuid, whole, text)""", "CODEC 'snappy'"), """
map hotel
rows 2
welcome 5 blank
room 4.5 5
""")
# Every answer is in a dictionary, which pages refer to; forty rows in groups of eleven.
FORTY = {
    "year": [2024 + at % 2 for at in range(40)],
    "Q1": [1.0 + at * 7 % 5 for at in range(40)],
    "Q2": [None if at % 9 == 0 else 1 + at * 3 % 5 for at in range(40)],
    "Q3": [str(1 + at * at % 5) for at in range(40)],
    "city": ["Bern" if at % 3 else "Wien" for at in range(40)],
}
case("forty.parquet", by_polars(FORTY, compression="snappy", row_group_size=11), """
map hotel
by column
wave 2024
rows 20
welcome 1 5 4 3 2 1 5 4 3 2 1 5 4 3 2 1 5 4 3 2
breakfast 1 5 2 2 5 1 5 2 2 5 1 5 2 2 5 1 5 2 2 5
""")
case("nested.parquet", by_duckdb("""SELECT 'a' AS id, 5 AS Q1, {'Q2': 4, 'why': 'quiet'} AS room,
    [1, 2] AS tags, MAP {'a': 1} AS more""", "CODEC 'snappy'"), """
map nested
rows 1
told TM332
welcome 5
room 4
says columns `tags`, `more` of `nested.parquet` were passed over
""")
case("brotli.parquet", by_duckdb(STAYS_SQL, "CODEC 'brotli'"), """
map hotel
error TM413
says a Parquet file packed with Brotli
says write it with Snappy, Zstandard or gzip, or as CSV
""")
# The marks at both ends are those of an encrypted footer.
case("encrypted.parquet", b"PARE" + by_polars(STAYS, compression="snappy")[4:-4] + b"PARE", """
map hotel
error TM413
says an encrypted Parquet file
says write it without encryption
""")
case("cut_off.parquet", by_polars(STAYS, compression="snappy")[:-7], """
map hotel
error TM430
says ends in the middle: not all of its Parquet file is there
""")
broken = bytearray(by_polars(STAYS, compression="snappy"))
broken[-9] ^= 0xFF
case("damaged.parquet", bytes(broken), """
map hotel
error TM430
says is damaged: what it holds is no sound Parquet file
""")
case("no_footer.parquet", b"PAR1" + bytes(40) + b"PAR1", """
map hotel
error TM430
says is damaged
""")
case("bomb.parquet", by_duckdb("SELECT 5 AS Q1, repeat('very ', 20000) AS why FROM range(2000)", "CODEC 'zstd'"), """
map hotel
error TM431
says unpacks to over 64 MiB
""")

# ----------------------------------------------------------- what is broken

case("empty.csv", "", "map hotel\nerror TM409\nsays `empty.csv` is empty")
case("blank.csv", "\n\n , \n", "map hotel\nerror TM409")
case("header_only.csv", "id,Q1,Q2,Q3\n", "map hotel\nerror TM409\nsays has a header but no rows")
case("last_row_cut_off.csv", HOTEL[:-6], """
map hotel
error TM404
says 1 row of `last_row_cut_off.csv` has not as many cells as the header
says row 3 (line 4)
""")
case("quote_never_closed.csv", HOTEL.replace("Bern", '"Bern'), """
map hotel
error TM404 TM404
says a quote in row 2 (line 3) of `quote_never_closed.csv` is never closed
""")
case("same_header_twice.csv", "id,Q1,Q1,Q2,Q3\n1,5,4,3,2\n", """
map hotel
error TM403
says `#2` or `#3`
""")
case("wrong_scale.csv", "id,Q1,Q2,Q3\n1,5,4,3\n2,10,4,3\n", """
map hotel
error TM401
says `10` in 1 cell: row 2 (line 3)
""")
case("no_column_of_the_map.csv", "no,a,b\n1,5,4\n", """
map property
by column
error TM412
""")

print(len(list((HERE / "files").glob("*.expected"))), "cases")
