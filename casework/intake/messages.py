"""What does each code of an import mean, and what should the reader do?

Two lines a code: the code with its Chinese words, then the English ones. The cell's column and what was found are put
around them (`faults`).
"""

from collections.abc import Mapping
from typing import Final

from casework.text import Text


def _words(lines: str) -> dict[str, Text]:
    """Two lines a code: the code with its Chinese words, then the English ones."""
    said = lines.strip().splitlines()
    named = [line.split(" ", 1) for line in said[::2]]
    return {code: Text(zh, en.strip()) for (code, zh), en in zip(named, said[1::2], strict=True)}


FILE: Final = """
E_BOMB 压缩包展开后过大或疑为压缩炸弹,已拒收;请另存为普通文件后重试
    the file inflates beyond all bounds; save it again as an ordinary file
E_CORRUPT_ZIP 工作簿已损坏,无法打开;请在 Excel 中打开并另存
    the workbook is damaged; open it in Excel and save it again
E_DELIMITER 认不出分隔符;请用逗号、制表符或分号
    no delimiter recognised; use comma, tab or semicolon
E_DIMENSIONS 工作表范围过大;请删除数据区以外的行列后另存
    the sheet spans too large a range; delete the empty rows and columns and save again
E_DUP_COLUMN 两列表示同一字段;请删去或改名其中一列
    two columns mean one field; remove or rename one of them
E_DUP_TABLE 同一张表出现在两个文件中;请只保留一个
    one table is in two files; keep one of them
E_EMPTY 来源中没有任何一张表;文件名或工作表名应为表名,或另写映射文件
    the source holds no table; name files or sheets as tables, or write a mapping file
E_ENCODING 文字编码无法识别;请存为 UTF-8 或 GB18030
    the encoding cannot be read; save as UTF-8 or GB18030
E_ENCRYPTED 文件有密码;请去掉密码后重试
    the file is encrypted; remove the password
E_HEADER 找不到表头行;请按模板写上列名
    no header row found; write the column names as in the template
E_LEGACY_XLS 旧式 .xls 不予读取;请另存为 .xlsx 或 CSV
    the old .xls format is not read; save as .xlsx or CSV
E_LINE_TOO_LONG 某一行过长,不像表格
    a line is too long to be a row of a table
E_MACRO 工作簿带有宏;请另存为 .xlsx
    the workbook carries macros; save it as .xlsx
E_MAPPING 映射文件有误
    the mapping file is wrong
E_META meta 信息有误
    the meta information is wrong
E_MISSING_COLUMN 缺少主键列;没有它无法确定一行是什么
    a key column is missing; without it a row is nothing in particular
E_MOJIBAKE 文字成了乱码;请用正确编码重新导出
    the text is garbled; export it again in the right encoding
E_NO_ROWS 没有数据行
    there are no rows
E_PARSER_DIED 读取进程中止,文件已拒收;请另存后重试
    the reading process died and the file was refused; save it again and retry
E_PATH 文件不在来源文件夹之内,或是链接;只读取普通文件
    not a regular file inside the source folder; links are not read
E_POLICY 本地规则文件有误
    a local policy file is wrong
E_SHEET_AMBIGUOUS 工作簿里有多个可能的工作表;请在映射中指明
    several sheets could be meant; name one in the mapping
E_STORAGE 工作区无法写入;请检查磁盘空间与权限
    the workspace cannot be written; check disk space and rights
E_TOO_LARGE 文件过大
    the file is too large
E_TOO_MANY_ROWS 行数过多
    there are too many rows
E_TYPE 文件类型不受支持;请用 CSV 或 xlsx
    the kind of file is not supported; use CSV or xlsx
E_XML_DTD 工作簿含有外部实体定义,已拒收
    the workbook defines XML entities and was refused
W_AS_OF 来源未写明数据截止日
    no as_of was given
W_BOUNDARIES 地图边界未采用,其余照收
    the boundaries of the map were not taken; everything else was
W_BOUNDARY 一块边界未采用
    an outline was not taken
W_DELIMITER 按此分隔符读取
    read with this delimiter
W_DUP_FILE 与当前数据相同,没有新内容,未做改动
    the same as the current data; nothing new, nothing changed
W_ENCODING 按此编码读取
    read in this encoding
W_EXTERNAL_LINK 工作簿引用了别的文件,按其保存的数值读取
    the workbook links to other files; its saved values were read
W_FOOTER_ROW 制表说明或签字行,未计入
    a signature or note below the table, left out
W_FORMULA 公式,按保存的数值读取
    formulas, read by their saved values
W_HEADER_OFFSET 表头上方有标题行,已略过
    title rows above the header were skipped
W_HIDDEN_ROWS 含隐藏行,已照常读取
    hidden rows were read as well
W_HIDDEN_SHEET 隐藏的工作表,未读取
    a hidden sheet, not read
W_MOJIBAKE_SUSPECT 疑有乱码,请核对
    the text may be garbled; please check
W_NO_PARENT_TABLE 来源没有被引用的表,无法核对引用,各行照收
    the table referred to is absent; references could not be checked and rows are kept
W_SHEET_SELECTED 读取了这一工作表
    this sheet was read
W_SIZE_MISMATCH 实际大小与文件头不符
    the size differs from what the file says
W_TOTAL_MISMATCH 与 meta 中的合计数不符,请核对是否漏行
    differs from the total stated in meta; check for missing rows
W_TOTAL_ROW 合计行,未计入
    a total row, left out
W_TRAILING_EMPTY 表尾空行空列,已略过
    empty rows or columns at the end were skipped
W_UNKNOWN_COLUMN 不认识的列,未读取
    an unknown column, not read
W_UNKNOWN_FILE 不是任何一张表,未读取
    not a table, not read
"""
CELL: Final = """
E_AMOUNT_FORMAT 读不出确定的金额;请写数字,单位元
    no certain amount; write a number in yuan
E_AMOUNT_GROUPING 千分位逗号位置不对
    the thousands separators are misplaced
E_AMOUNT_NEGATIVE 金额不能为负;冲销只能记在发放表
    an amount cannot be negative; reversals belong to payments
E_AMOUNT_PERIOD 按年(或月)的金额写在了按月(或年)的列;请换算后再填
    an amount of another period than the column's; convert it first
E_AMOUNT_PRECISION 金额最多两位小数
    an amount has at most two decimals
E_AMOUNT_RANGE 金额大到不可能,请核对单位
    impossibly large; check the unit
E_AREA_CYCLE 上级区划互相循环
    the parents of regions run in a ring
E_AREA_LENGTH 区划代码应为 12 位(2、4、6、9 位的会补零)
    a division code has 12 digits (2, 4, 6 or 9 are padded)
E_BOOLEAN 应为 是/否、true/false 或 1/0
    should be yes/no as 是/否, true/false or 1/0
E_CELL_ERROR 单元格是错误值;请更正公式后重新导出
    the cell is an error value; mend the formula and export again
E_CONTROL_CHAR 含有控制字符或换行
    holds a control character or a line break
E_DATE_AMBIGUOUS 年月日顺序或世纪不明;请写成 2023-01-03
    the order or the century is unclear; write 2023-01-03
E_DATE_FORMAT 读不出日期;请写成 2023-01-03
    no date can be read; write 2023-01-03
E_DATE_INVALID 历法中没有这一天或这一时刻
    there is no such day or time
E_DATE_LUNAR 农历日期不予换算;请填公历
    lunar dates are not converted; write the solar date
E_DATE_PLACEHOLDER 是占位日期,不是真实日期;未知请留空
    a placeholder, not a date; leave unknown dates empty
E_DATE_PRECISION 日期不完整,应到日
    the date is incomplete; the day is needed
E_DATE_RANGE 年份不可能
    the year is impossible
E_ENUM 不在可选项之内;请用模板中的选项
    not one of the allowed words; see the template
E_FIELD_COUNT 这一行的列数与表头不符
    the row has another number of fields than the header
E_ID_CHARS 身份证号含有不该有的字符
    a citizen number with characters it cannot have
E_ID_DATE 身份证号中的出生日期不存在
    the birth date inside the number does not exist
E_ID_FUTURE 身份证号中的出生日期晚于数据截止日
    the birth date inside the number lies after as_of
E_ID_LENGTH 身份证号应为 18 位(旧号 15 位)
    a citizen number has 18 characters (15 before 1999)
E_ID_MASKED 身份证号已脱敏,无法识别本人;请提供完整号码
    the number is masked and names nobody; give it whole
E_ID_NUMERIC 身份证号存成了数字,末几位可能已变;请以文本导出
    typed as a number, the last digits may have changed; export it as text
E_ID_PLACEHOLDER 不是身份证号,是占位内容
    a placeholder, not a number
E_ID_SCIENTIFIC 身份证号成了科学计数,末几位已丢失;请以文本导出
    in scientific notation digits are lost; export it as text
E_KIN_CYCLE 父母关系成环,环上各行都不收
    parents run in a ring; every row of it is rejected
E_KIN_SELF 亲属是本人
    a tie to oneself
E_MERGED_CELL 合并单元格,看不出本行的值;请取消合并并逐行填写
    a merged cell; unmerge and fill each row
E_NO_CACHED_VALUE 公式没有保存结果;请在 Excel 中打开并保存
    the formula has no saved value; open and save it in Excel
E_NUMBER 应为数字
    should be a number
E_ORPHAN 所属的上级记录不存在或未被接收
    the record it belongs to is absent or was rejected
E_QUOTE 引号不成对
    the quotation marks do not match
E_RANGE 数值超出允许范围
    the number is out of range
E_REPLACEMENT_CHAR 含有无法还原的字符(�)
    holds a character that was lost (�)
E_REQUIRED 必填,不能为空
    required; must not be empty
E_TOO_LONG 超过 2000 字
    longer than 2,000 characters
E_TYPE_MISMATCH 编号存成了数字,位数已丢失;请以文本导出
    stored as a number, digits are lost; export it as text
W_AGE_OVER_120 按号码年龄超过 120 岁,请核对
    older than 120 by the number; please check
W_AMOUNT_OUTLIER 单笔金额异常大,请核对单位
    an unusually large payment; check the unit
W_AREA_UNKNOWN 区划表中没有这个代码,照收
    not in the region table; kept
W_BEFORE_BIRTH 早于本人出生
    before the person's birth
W_BIRTH_MISMATCH 与身份证号中的出生日期不一致,两者都保留
    differs from the birth date in the number; both are kept
W_DUP_CONFLICT 同一主键的内容不同,各行都保留,引用以第一行为准
    same key, other content: all are kept, others refer to the first
W_DUP_ROW 与前面的行相同,不重复计
    the same as an earlier row; not counted again
W_FORMULA_TEXT 文字以 = 或 @ 开头,按文字保留
    text that begins like a formula, kept as text
W_FUTURE_EVENT 晚于数据截止日
    after the day the data speak for
W_ID15 15 位旧号,已升为 18 位
    fifteen digits, upgraded to eighteen
W_ID_AREA 号码开头不是现有省份
    the number begins with no province
W_ID_CHECKSUM 校验位不对,照收,请核对
    the check digit is wrong; kept, please check
W_ID_NAME_CONFLICT 同一号码有两个姓名,都保留,以第一行为准
    one number under two names: both kept, the first is the person
W_ID_RESIDENCE_PERMIT 居住证或永久居留证号码
    a residence permit's number
W_INVISIBLE 含看不见的字符,比对时略去
    invisible characters, left out when comparing
W_KIN_AGE 父母比子女年长不足 12 岁,照收,请核对
    a parent less than twelve years older than the child; kept, please check
W_KIN_PARENTS 同一人有两名以上父母,照收,请核对(收养、继亲可有)
    more than two parents of one person; kept, please check (adoption and step-parents explain it)
W_KIN_SPOUSE 同一时间有一名以上配偶,照收,请核对起止日期
    more than one spouse at one time; kept, please check the dates
W_MISSING 未知:为空,或人员表中没有此人;照收
    unknown: empty, or not in the person table; kept
W_OFFICIAL_UNKNOWN 干部表中没有此人
    not in the table of officials
W_OPEN_END 长期有效的写法,按未结束处理
    means "no end"; stored as none
W_ORDER 日期先后颠倒,照收,由规则判断
    dates in the wrong order; kept for the rules to judge
W_PRECISION 比本列更细,已取整到本列
    finer than the column; rounded down to it
W_PROGRAMME 救助类型目录中没有,照收;可在本地规则中补充
    not in the list of programmes; kept, a local rule can add it
W_PUA_CHAR 含自造字区的字符,请核对生僻字
    holds private-use characters; check the rare name
W_ROC 民国纪年,已换算
    a Minguo year, converted
W_SERIAL 日期存成了序号,已换算
    a date stored as a serial, converted
W_SEX_MISMATCH 与身份证号中的性别不一致
    differs from the sex in the number
W_UNIT 单元格的单位与表头不同,按单元格计
    the cell's unit differs from the header's; the cell's is used
W_ZERO 发放金额为零
    a payment of nothing
"""
MESSAGES: Final[Mapping[str, Text]] = {**_words(FILE), **_words(CELL)}
