"""Which characters are written for one another in names, and how are surnames read?

Our own small table. Each pair is a form and the form it is folded into: traditional and simplified, variant (异体) and
customary (俗写) forms: 第一批异体字整理表 1955, 简化字总表 1986, 通用规范汉字表 2013 (which gives 堃, 喆, 甦 and others
back to names; registers hold both). Surnames that the register has long mixed up (闫 for 阎, 付 for 傅), many since the
second scheme of 1977 wrote them so, are one only as surnames. Characters that merely sound or look alike (喻 and 俞, 侯
and 候) are not here: `names` hears that they sound alike.
"""

from typing import Final

_FOLDED: Final = """
愛爱 翺翱 罷罢 栢柏 辦办 幫帮 寶宝 鮑鲍 貝贝 畢毕 筆笔 標标 賓宾 濱滨 蔔卜 補补 財财 採采 殘残 燦灿 倉仓 蒼苍 層层
產产 産产 蟬蝉 車车 塵尘 陳陈 晠晟 誠诚 恥耻 遲迟 馳驰 沖冲 衝冲 傳传 純纯 賜赐 叢丛 從从 聰聪 邨村 逹达 達达 帶带
單单 膽胆 鄲郸 黨党 當当 導导 悳德 惪德 鄧邓 敵敌 點点 調调 釣钓 訂订 頂顶 東东 動动 棟栋 竇窦 獨独 隊队 額额 爾尔
發发 飜翻 範范 飯饭 飛飞 奮奋 豐丰 馮冯 鳳凤 峯峰 鋒锋 風风 復复 婦妇 冨富 負负 輔辅 幹干 趕赶 剛刚 崗岗 綱纲 鋼钢
閣阁 鴿鸽 給给 亙亘 鞏巩 貢贡 龔龚 構构 穀谷 關关 慣惯 觀观 廣广 貴贵 龜龟 囯国 圀国 國国 菓果 過过 還还 漢汉 韓韩
號号 皜皓 賀贺 鶴鹤 恆恒 橫横 紅红 鴻鸿 後后 劃划 華华 畫画 話话 驊骅 懷怀 換换 歡欢 煥焕 環环 黃黄 會会 囘回 迴回
暉晖 匯汇 彙汇 繪绘 煇辉 輝辉 夥伙 機机 極极 濟济 積积 級级 紀纪 繼继 計计 記记 際际 驥骥 浹浃 賈贾 儉俭 劍剑 堅坚
檢检 簡简 艦舰 薦荐 鑑鉴 鑒鉴 鍵键 間间 獎奖 將将 蔣蒋 講讲 嬌娇 驕骄 傑杰 潔洁 結结 節节 階阶 晉晋 進进 錦锦 淨净
徑径 競竞 經经 莖茎 荊荆 鏡镜 靜静 舉举 駒驹 絹绢 雋隽 鵑鹃 決决 玨珏 覺觉 儁俊 軍军 濬浚 鈞钧 駿骏 凱凯 開开 愷恺
懇恳 庫库 寬宽 況况 礦矿 鄺邝 堃坤 崐昆 崑昆 鯤鲲 闊阔 來来 萊莱 賴赖 蘭兰 嵐岚 瀾澜 藍蓝 樂乐 類类 麗丽 勵励 曆历
歷历 厲厉 禮礼 裏里 裡里 靂雳 戀恋 煉炼 練练 聯联 蓮莲 連连 鏈链 糧粮 諒谅 臨临 鄰邻 淩凌 嶺岭 靈灵 鈴铃 領领 齡龄
劉刘 桺柳 瑠琉 龍龙 婁娄 樓楼 盧卢 錄录 録录 爐炉 祿禄 蘆芦 陸陆 魯鲁 鸞鸾 崙仑 輪轮 絡络 羅罗 邏逻 駱骆 呂吕 綠绿
馬马 邁迈 麥麦 滿满 貿贸 槑梅 門门 夢梦 祕秘 綿绵 廟庙 閔闵 銘铭 鳴鸣 謀谋 難难 腦脑 內内 妳你 鳥鸟 聶聂 寧宁 甯宁
農农 諾诺 歐欧 盤盘 龐庞 鵬鹏 頻频 評评 鋪铺 啓启 啟启 棲栖 氣气 騎骑 齊齐 謙谦 錢钱 牆墙 強强 彊强 喬乔 僑侨 橋桥
親亲 琹琴 慶庆 輕轻 靑青 瓊琼 窮穷 勸劝 權权 闕阙 羣群 讓让 熱热 鎔镕 榮荣 銳锐 鋭锐 潤润 薩萨 賽赛 掃扫 紗纱 姍姗
閃闪 陝陕 紹绍 設设 瀋沈 昇升 陞升 聖圣 聲声 勝胜 實实 師师 獅狮 識识 詩诗 壽寿 書书 屬属 數数 樹树 帥帅 雙双 順顺
碩硕 說说 鬆松 頌颂 甦苏 蘇苏 歲岁 雖虽 隨随 孫孙 瑣琐 鎖锁 談谈 譚谭 湯汤 濤涛 騰腾 題题 條条 鉄铁 鐵铁 廳厅 統统
圖图 凃涂 塗涂 團团 蛻蜕 萬万 灣湾 網网 為为 爲为 偉伟 衛卫 衞卫 瑋玮 緯纬 維维 韋韦 溫温 穩稳 紋纹 問问 聞闻 務务
吳吴 呉吴 嗚呜 無无 鄔邬 霧雾 習习 戲戏 璽玺 細细 錫锡 縣县 嫻娴 顯显 獻献 纖纤 羨羡 賢贤 閑闲 險险 鮮鲜 鄉乡 鄕乡
響响 項项 曉晓 蕭萧 驍骁 寫写 洩泄 謝谢 興兴 繡绣 敘叙 緒绪 續续 虛虚 許许 須须 軒轩 選选 學学 勛勋 勲勋 勳勋 尋寻
訓训 遜逊 亞亚 嚴严 巖岩 彥彦 艷艳 豔艳 閆闫 閻阎 顏颜 養养 揚扬 楊杨 陽阳 堯尧 燿耀 藥药 遙遥 業业 葉叶 曄晔 燁烨
頁页 義义 億亿 儀仪 醫医 異异 憶忆 藝艺 議议 誼谊 蔭荫 銀银 陰阴 櫻樱 瑩莹 營营 贏赢 潁颍 穎颖 頴颖 鷹鹰 詠咏 擁拥
優优 遊游 郵邮 於于 娛娱 漁渔 譽誉 語语 鈺钰 預预 魚鱼 願愿 緣缘 遠远 嶽岳 悅悦 約约 躍跃 閱阅 雲云 蘊蕴 贇赟 運运
韻韵 災灾 載载 讚赞 贊赞 澤泽 戰战 張张 長长 炤照 趙赵 釗钊 喆哲 珎珍 眞真 禎祯 貞贞 鎮镇 證证 鄭郑 錚铮 製制 誌志
執执 織织 職职 質质 眾众 終终 鍾钟 鐘钟 锺钟 週周 硃朱 築筑 諸诸 轉转 壯壮 妝妆 荘庄 莊庄 裝装 準准 資资 總总 縱纵
鄒邹 組组
"""
_SURNAMES: Final = "萧肖 傅付 阎闫 丘邱 代戴 蓝兰 芦卢 仝同 郤郄 洗冼"

FOLDED: Final = {pair[0]: pair[1] for pair in _FOLDED.split()}
FOLDED_SURNAME: Final = {pair[0]: pair[1] for pair in _SURNAMES.split()}

# What a surname is read as, where its first reading in the dictionary is that of the common word.
_READINGS: Final = """
秘bi 卜bu 种chong 重chong 盖ge 句gou 黑he 阚kan 缪miao 牟mu 佴nai 能nai 乜nie 区ou 朴piao 繁po 覃qin 仇qiu 单shan 召shao
洗xian 解xie 郇xun 么yao 乐yue 员yun 贠yun 曾zeng 查zha 翟zhai 祭zhai
"""
READINGS: Final = {said[0]: said[1:] for said in _READINGS.split()}

_COMPOUND: Final = """
万俟 上官 东宫 东方 东郭 东里 乐正 亓官 令狐 仲孙 仲长 公上 公乘 公仪 公仲 公伯 公冶 公坚 公孙 公山 公户
公玉 公皙 公祖 公羊 公良 公西 公门 南宫 南荣 南门 即墨 司寇 司徒 司空 司马 呼延 壤驷 夏侯 太叔 太史 夹谷
子书 子桑 子车 宇文 宗政 宰父 尉迟 左丘 巫马 微生 慕容 拓跋 梁丘 欧阳 段干 漆雕 澹台 濮阳 独孤 申屠 百里
皇甫 端木 第五 纳兰 羊舌 褚师 西门 诸葛 谷梁 贯丘 赫连 轩辕 达奚 钟离 长孙 闻人 闾丘 颛孙 鲜于
"""
COMPOUND: Final = frozenset(_COMPOUND.split())
COMPOUND_READINGS: Final = {
    "万俟": "mo qi",
    "令狐": "ling hu",
    "尉迟": "yu chi",
    "澹台": "tan tai",
    "长孙": "zhang sun",
}

# The same of given names, where the first reading is not the one that names have.
GIVEN_READINGS: Final = {"晟": "sheng", "茜": "qian", "莘": "xin", "朝": "chao", "翟": "di"}
