"""Which simplified character stands for a traditional one?

Only the characters of our own labels, aliases, programmes and units: headers and codes written in traditional form are
recognised; a text is never rewritten.
"""

_PAIRS = (
    "與与 業业 舉举 義义 鄉乡 郷乡 產产 親亲 會会 養养 農农 決决 況况 淨净 準准 減减 別别 劃划 "
    "辦办 務务 動动 勞劳 區区 醫医 單单 縣县 參参 發发 員员 啟启 啓启 詢询 國国 場场 類类 處处 "
    "備备 複复 復复 檔档 殘残 歷历 曆历 錄录 標标 機机 權权 號号 戶户 據据 無无 時时 職职 聯联 "
    "網网 紅红 級级 線线 細细 終终 經经 結结 絡络 繼继 續续 維维 綠绿 編编 補补 見见 視视 認认 "
    "議议 記记 訪访 證证 評评 訴诉 話话 詳详 語语 請请 讀读 調调 財财 責责 賬账 帳账 質质 費费 "
    "資资 轉转 較较 輛辆 轄辖 達达 遷迁 過过 鄰邻 鎮镇 銀银 銷销 門门 問问 間间 險险 難难 離离 "
    "電电 項项 預预 額额 願愿 體体 黃黄 齊齐 億亿 兒儿 學学 孫孙 實实 審审 層层 屬属 應应 徵征 "
    "態态 撫抚 數数 災灾 熱热 營营 環环 現现 異异 療疗 確确 稱称 積积 節节 緊紧 聽听 脫脱 車车 "
    "開开 萬万 係系 繫系 裏里 裡里 黨党 濟济 滿满 贍赡 榮荣 階阶 蹤踪 關关 報报 並并 併并 圓圆 "
    "幹干 臨临 兩两 貼贴 護护 齡龄 剛刚 邊边 緣缘 採采 長长 歲岁 個个 執执 團团 傷伤 勵励 納纳 "
    "繳缴 總总 計计 選选 還还 領领 說说 歸归 後后 對对 幫帮 來来 狀状 碼码 藍蓝 譽誉 嶽岳 彙汇 "
    "遞递 給给 "
)
_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})


def simplified(text: str) -> str:
    """The same words in simplified characters."""
    return text.translate(_SIMPLIFIED)
