"""One payment (发放)."""

from casework.tables.schema import Column, Table
from casework.text import Text

PAYMENT = Table(
    name="payment",
    label=Text("发放", "Payment"),
    question=Text("一笔发放", "One payment"),
    sort=("award_id", "month_index", "payment_no"),
    columns=(
        Column(
            "payment_no",
            "number",
            Text("发放编号", "Payment number"),
            key=True,
            aliases=("发放流水号", "流水号"),
            example="P000001",
        ),
        Column(
            "award_no",
            "number",
            Text("保障编号", "Award number"),
            token=True,
            parent="award",
            aliases=("低保证号",),
            example="W000001",
        ),
        Column("month", "month", Text("发放月份", "Month"), example="2024-04"),
        Column(
            "amount",
            "money",
            Text("发放金额", "Amount"),
            tolerated=True,
            negative=True,
            unit="元",
            aliases=("救助金额", "月救助金额", "金额"),
            example="560.00",
        ),
        Column("paid_on", "date", Text("发放日期", "Paid on"), optional=True, example="2024-04-10"),
        Column(
            "account_no",
            "number",
            Text("银行账号", "Bank account"),
            optional=True,
            token=True,
            sensitivity="sensitive",
            aliases=("一卡通账号", "银行卡号"),
        ),
        Column(
            "account_holder_id_no",
            "id_no",
            Text("开户人身份证号", "Account holder"),
            optional=True,
            parent="person",
            sensitivity="sensitive",
            aliases=("开户人身份证号码", "开户人公民身份号码"),
        ),
        Column("department", "text", Text("发放部门", "Department"), optional=True, example="民政局"),
    ),
)
