//! What words find, and what they do not: the analyzer as users meet it.

use super::{build, options};

/// What stands after `said:`, quotations it finds, quotations it does not find.
type Case<'a> = (&'a str, &'a [&'a str], &'a [&'a str]);

const CASES: &[Case<'_>] = &[
    // Capitals and accents.
    (
        "ferry",
        &[
            "the ferry",
            "Ferry!",
            "FERRY",
            "two ferries",
            "the ferry’s crew",
        ],
        &["ferr", "ferryman", "fairy"],
    ),
    (
        "café",
        &["the café", "the cafe", "a CAFÉ", "cafe\u{301}s"],
        &["caff", "cafeteria"],
    ),
    ("Zürich", &["in Zurich", "in ZÜRICH"], &["in Zuerich"]),
    ("Łódź", &["to Lodz", "to Łódź"], &[]),
    ("Straße", &["a strasse", "die STRASSE"], &["a strase"]),
    ("Ørsted", &["by Orsted"], &["by Oersted"]),
    ("İstanbul", &["to Istanbul", "to ISTANBUL"], &[]),
    (
        "=Café",
        &["the Café", "“Café”"],
        &["the café", "the Cafe", "Cafés"],
    ),
    // Apostrophes and possessives.
    (
        "don't",
        &["I don’t know", "I don't know", "DON‘T", "donʼt"],
        &["I do not know", "dont"],
    ),
    (
        "Trump",
        &["Trump’s plan", "Trump's plan", "Trump"],
        &["Trumpism", "the trumpet"],
    ),
    (
        "voters",
        &["the voters’ will", "a voter’s will"],
        &["the vote"],
    ),
    (
        "O’Brien",
        &["Mr O'Brien", "O’Brien’s dog"],
        &["O Brien", "Brien"],
    ),
    (
        "=\"don't go\"",
        &["don’t go", "“don‘t go”"],
        &["Don’t go", "don’t  gone"],
    ),
    // Abbreviations.
    (
        "US",
        &["the U.S. left", "the US left", "U.S.-led", "the US’s aim"],
        &["tell us", "Us too", "USA", "usage"],
    ),
    (
        "U.S.",
        &["US troops", "a U.S official"],
        &["give us a chance"],
    ),
    (
        "us",
        &["tell us", "the U.S. left", "the US left"],
        &["use", "bus"],
    ),
    (
        "WHO",
        &["the W.H.O. said", "the WHO said"],
        &["who said", "Who knows"],
    ),
    ("who", &["who said", "Who knows", "the WHO said"], &["whom"]),
    ("IT", &["IT workers"], &["it works", "It works"]),
    (
        "it",
        &["it works", "It works", "IT workers"],
        &["its", "item"],
    ),
    ("is", &["it is late", "fighters of IS"], &["Isis"]),
    ("UK", &["the U.K. left", "the UK left"], &["Ukraine"]),
    ("\"a.m.\"", &["at 9 a.m. sharp", "at 9 am"], &["I a man"]),
    // Percent.
    (
        "\"one percent\"",
        &[
            "one per cent",
            "1%",
            "1 %",
            "1 percent",
            "One per-cent",
            "１％",
            "1 pct",
            "1pc",
        ],
        &["one percentage point", "21 percent", "1.1%", "one person"],
    ),
    (
        "%",
        &["one percent", "5 per cent"],
        &["percentage", "one cent"],
    ),
    ("percentage", &["a percentage"], &["5 percent"]),
    ("per", &["twice per day"], &["5 percent", "five per cent"]),
    // Numbers.
    (
        "1000",
        &["1,000 men", "1000 men", "a 1,000-page book"],
        &["10,000 men", "1.000", "100"],
    ),
    ("1,000,000", &["1000000 cells"], &["1,000", "a million"]),
    ("1.5", &["1.5 degrees", "$1.5bn"], &["15", "1,5", "1 to 5"]),
    (
        "21",
        &["twenty-one men", "twenty one men", "21 men", "Twenty‑One"],
        &["twenty men", "one", "121", "21st"],
    ),
    ("seven", &["7 dwarfs", "Seven"], &["seventy", "seventh"]),
    ("70", &["seventy men"], &["seven"]),
    (
        "\"one hundred\"",
        &["100 percent", "One hundred", "one-hundred"],
        &["1,000", "hundreds"],
    ),
    (
        "hundred",
        &["one hundred men", "a hundred men", "hundreds"],
        &["100 men"],
    ),
    ("200", &["two hundred men", "2 hundred"], &["two", "2,000"]),
    (
        "\"one hundred thousand\"",
        &["100,000 men", "100000", "a hundred? one hundred thousand!"],
        &["100 thousandths", "one thousand"],
    ),
    (
        "\"$5m\"",
        &["$5 million", "five million", "$5m", "5 million"],
        &["5m of rope", "$5bn", "$5"],
    ),
    (
        "\"3.2 billion\"",
        &["£3.2bn", "3.2 bn", "3.2bn"],
        &["3.2m", "2 billion"],
    ),
    (
        "50,000",
        &["$50k", "50 thousand", "50000"],
        &["50", "50k run"],
    ),
    ("5m", &["a 5m rope"], &["$5m", "5 million"]),
    ("\"no. 5\"", &["at No 5"], &["no, 15"]),
    ("2025", &["in 2025", "2025-26"], &["20 25"]),
    // Hyphens.
    (
        "long-term",
        &["a long-term plan", "in the long term", "Long‑term"],
        &["longterm", "long and term"],
    ),
    ("longterm", &["a longterm plan"], &["a long-term plan"]),
    ("\"long term\"", &["a long-term plan"], &["a longer term"]),
    (
        "co-operate",
        &["to cooperate", "Co-operate!", "co-operated"],
        &["to co operate", "operate"],
    ),
    ("email", &["an e-mail", "E-mails", "email"], &["mail"]),
    (
        "re-election",
        &["his reelection", "re-election"],
        &["election", "re election"],
    ),
    (
        "Dong-young",
        &["Chung Dong-young", "Dong young"],
        &["Dongyoung"],
    ),
    (
        "\"3-year-old\"",
        &["a three-year-old", "3 year old"],
        &["3 years ago"],
    ),
    (
        "\"Marks & Spencer\"",
        &["Marks and Spencer"],
        &["Marks Spencer"],
    ),
    ("AT&T", &["AT&T rose"], &["at the"]),
    // Inflections, and what is no inflection.
    (
        "talk",
        &["talks", "talked", "talking", "Talk"],
        &["talkative", "talkers", "stalk"],
    ),
    ("talks", &["a talk", "talked"], &["tall"]),
    (
        "negotiate",
        &["negotiated", "negotiating", "negotiates"],
        &["negotiation", "negotiators"],
    ),
    (
        "government",
        &["governments"],
        &["govern", "governor", "governing"],
    ),
    ("business", &["businesses"], &["busy", "busier"]),
    ("policy", &["policies"], &["police", "policing"]),
    ("university", &["universities"], &["universe", "universal"]),
    (
        "united",
        &["United we stand"],
        &["a unit", "units", "unite"],
    ),
    ("new", &["a new day"], &["the news"]),
    ("bus", &["buses"], &["busy"]),
    ("say", &["he says", "saying"], &["he said"]),
    ("woman", &["a woman"], &["women"]),
    ("color", &["colors"], &["colour"]),
    ("=talk", &["a talk", "“talk”"], &["talks", "Talk", "talked"]),
    (
        "=\"White House\"",
        &["the White House.", "White\u{a0} House"],
        &["a white house", "White Houses"],
    ),
    ("=cent", &["a cent"], &["percent", "cents", "one per cent"]),
    ("=\"U.S.\"", &["the U.S. left"], &["the US left", "U S"]),
    ("=Gov*", &["Governor Lee", "the Gov"], &["government"]),
    (
        "=\"White door\"~1",
        &["White wooden door"],
        &["white wooden door", "White old oak door"],
    ),
    // Beginnings and misspellings.
    (
        "negotia*",
        &["negotiators", "Negotiation", "negotiated"],
        &["negate"],
    ),
    ("governm*", &["the governments"], &["govern"]),
    ("talki*", &["talking", "talkie"], &["talks"]),
    ("meetings*", &["two meetings"], &["a meeting", "we meet"]),
    ("dyi*", &["he is dying"], &["he died", "to die"]),
    ("thin*", &["a thing", "I think"], &["the best"]),
    (
        "emails*",
        &["the emails", "her e-mails", "E‑mails", "em\u{ad}ails"],
        &["an email", "an e-mail"],
    ),
    ("abcs*", &["their A.B.C.S. and", "the ABCs"], &["the ABC"]),
    ("co-op*", &["cooperation", "a co-op"], &["operation"]),
    (
        "\"one perc\"*",
        &["one percent", "1 percentage"],
        &["perc one"],
    ),
    ("remian~", &["they remain"], &["the remnant"]),
    ("Pyongyang~2", &["Pyongyan", "Pyengyan"], &["Pyeongchan"]),
    ("fery~1", &["the ferry"], &["furry"]),
    // Scripts.
    ("漢字", &["漢字を書く", "この漢字"], &["漢と字", "字漢"]),
    ("「東京都」", &["東京都は", "在東京都"], &["東京と都"]),
    ("カラス", &["ｶﾗｽがいる", "黒いカラス"], &["ガラス"]),
    ("서울", &["서울에서", "서울은"], &["서쪽 울산"]),
    ("ไม่รู้", &["เขาไม่รู้เรื่อง", "ไม่รู้"], &["ไม่เคยรู้", "รู้ไม่"]),
    ("မြန်မာ", &["မြန်မာနိုင်ငံ"], &["မာမြန်"]),
    ("مدرسة", &["في مدرسه", "مَدْرَسَة"], &["مدرس"]),
    ("أحمد", &["قال احمد", "أَحمد"], &["محمد"]),
    ("ایران", &["في ايران"], &["ایرانی"]),
    ("שלום", &["שָׁלוֹם לכם", "שלום"], &["ושלום"]),
    ("צה״ל", &["אמר צהל", "צה״ל אמר"], &["צה ל"]),
    ("\"עוד יום\"", &["הוא אמר: עוד יום אחד"], &["יום עוד"]),
    ("Зелёный", &["зеленый свет", "ЗЕЛЁНЫЙ"], &["зелень"]),
    ("Москва", &["москва", "Москва́ река"], &["Москвы"]),
    ("Αθήνα", &["ΑΘΗΝΑ", "αθηνα"], &["Αθηνών"]),
    ("हिन्दी", &["यह हिन्दी है"], &["हिन्द"]),
    ("١٢٣", &["رقم 123"], &["1234"]),
];

#[test]
fn words_find_what_they_should_and_nothing_else() {
    let mut texts: Vec<&str> = CASES
        .iter()
        .flat_map(|(_, finds, misses)| finds.iter().chain(*misses).copied())
        .collect();
    texts.sort_unstable();
    texts.dedup();
    let quotations: Vec<_> = texts
        .iter()
        .map(|text| ("Jane Roe", "Roe", "", *text))
        .collect();
    let dir = tempfile::tempdir().unwrap();
    let archive = build(dir.path(), &[("Cases", "2025-10-25", &quotations)], false);
    let mut wrong = Vec::new();
    let mut pairs = 0;
    for (query, finds, misses) in CASES {
        let query = crate::Query::parse(&format!("said:{query}"), &options()).unwrap();
        let found = archive.search(&query).limit(1000).run().unwrap();
        let found: Vec<&str> = found.hits().iter().map(crate::Hit::quote).collect();
        for (texts, expected) in [(finds, true), (misses, false)] {
            for text in *texts {
                pairs += 1;
                if found.contains(text) != expected {
                    wrong.push(format!("{query} finds {text:?}: {}", !expected));
                }
            }
        }
    }
    assert!(pairs >= 150, "{pairs}");
    assert!(wrong.is_empty(), "of {pairs}:\n{}", wrong.join("\n"));
}

#[test]
fn words_side_by_side_rank_before_words_apart() {
    let texts = [
        "The percent sign is one of them",
        "One chance of ten percent is not enough",
        "There is one percent of hope left here",
    ];
    let quotations = texts.map(|text| ("Jane Roe", "Roe", "", text));
    let dir = tempfile::tempdir().unwrap();
    let archive = build(dir.path(), &[("Cases", "2025-10-25", &quotations)], false);
    let query = crate::Query::parse("one percent", &options()).unwrap();
    let found = archive.search(&query).run().unwrap();
    assert_eq!((found.total(), found.hits()[0].quote()), (3, texts[2]));
}

#[test]
fn what_is_written_as_asked_comes_first() {
    let texts = [
        "The café is closed",
        "The Cafe is closed",
        "The cafes are closed",
        "The US is closed",
        "The U.S. is closed",
        "They talk often",
        "They talked often",
        "They were talking often",
        "The white house is closed",
        "The White House is closed",
        "A 1 percent chance",
        "A one per cent chance",
        "A one percent chance",
    ];
    let quotations: Vec<_> = texts
        .iter()
        .map(|text| ("Jane Roe", "Roe", "", *text))
        .collect();
    let dir = tempfile::tempdir().unwrap();
    let archive = build(dir.path(), &[("Cases", "2025-10-25", &quotations)], false);
    for (query, first) in [
        ("café", "The café is closed"),
        ("Cafe", "The Cafe is closed"),
        ("cafes", "The cafes are closed"),
        ("US", "The US is closed"),
        ("said:U.S.", "The U.S. is closed"),
        ("talk", "They talk often"),
        ("talked", "They talked often"),
        ("said:talking", "They were talking often"),
        ("\"white house\"", "The white house is closed"),
        ("said:\"White House\"", "The White House is closed"),
        ("White House", "The White House is closed"),
        ("\"1 percent\"", "A 1 percent chance"),
        ("\"one per cent\"", "A one per cent chance"),
        ("said:\"one percent\"", "A one percent chance"),
    ] {
        let query = crate::Query::parse(query, &options()).unwrap();
        let found = archive.search(&query).run().unwrap();
        assert_eq!(found.hits()[0].quote(), first, "{query}");
        assert!(found.total() > 1, "{query}");
    }
}
