//! Given names and their short forms; family names that stand first.

use super::name::{begins, is_initial};

/// Short forms of given names in English, each with the names it stands for. Common knowledge, written for this
/// project. A form of many names (`Chris`, `Pat`) is here with those it mostly stands for: what a name agrees with
/// is joined only when nothing else in the archive agrees with it.
const SHORT: &[(&str, &[&str])] = &[
    ("abby", &["abigail"]),
    ("abe", &["abraham"]),
    ("al", &["alan", "albert", "alfred"]),
    ("alex", &["alexander", "alexandra"]),
    ("andy", &["andrew"]),
    ("angie", &["angela"]),
    ("archie", &["archibald"]),
    ("barney", &["bernard"]),
    ("becky", &["rebecca"]),
    ("ben", &["benjamin"]),
    ("bernie", &["bernard"]),
    ("bert", &["albert", "herbert", "robert"]),
    ("beth", &["elizabeth"]),
    ("betsy", &["elizabeth"]),
    ("betty", &["elizabeth"]),
    ("bill", &["william"]),
    ("billy", &["william"]),
    ("bob", &["robert"]),
    ("bobby", &["robert"]),
    ("brad", &["bradley"]),
    ("cathy", &["catherine"]),
    ("charlie", &["charles"]),
    ("chip", &["charles"]),
    ("chris", &["christopher"]),
    ("chuck", &["charles"]),
    ("cindy", &["cynthia"]),
    ("cliff", &["clifford"]),
    ("connie", &["constance"]),
    ("dan", &["daniel"]),
    ("danny", &["daniel"]),
    ("dave", &["david"]),
    ("deb", &["deborah"]),
    ("debbie", &["deborah", "debra"]),
    ("denny", &["dennis"]),
    ("dick", &["richard"]),
    ("dickie", &["richard"]),
    ("don", &["donald"]),
    ("donnie", &["donald"]),
    ("dot", &["dorothy"]),
    ("doug", &["douglas"]),
    ("ed", &["edgar", "edward", "edwin"]),
    ("eddie", &["edward", "edwin"]),
    ("ernie", &["ernest"]),
    ("frank", &["francis", "franklin"]),
    ("fred", &["alfred", "frederick"]),
    ("freddie", &["alfred", "frederick"]),
    ("freddy", &["alfred", "frederick"]),
    ("gabe", &["gabriel"]),
    ("gene", &["eugene"]),
    ("geoff", &["geoffrey"]),
    ("gerry", &["gerald", "gerard"]),
    ("ginny", &["virginia"]),
    ("greg", &["gregory"]),
    ("gus", &["augustus"]),
    ("hal", &["harold"]),
    ("hank", &["henry"]),
    ("harry", &["harold", "henry"]),
    ("herb", &["herbert"]),
    ("jake", &["jacob"]),
    ("jeff", &["jefferson", "jeffrey"]),
    ("jen", &["jennifer"]),
    ("jenny", &["jennifer"]),
    ("jerry", &["gerald", "jeremiah", "jerome"]),
    ("jim", &["james"]),
    ("jimmy", &["james"]),
    ("joe", &["joseph"]),
    ("joey", &["joseph"]),
    ("johnny", &["john"]),
    ("jon", &["jonathan"]),
    ("josh", &["joshua"]),
    ("judy", &["judith"]),
    ("kate", &["catherine", "katherine", "kathryn"]),
    ("kathy", &["katherine", "kathleen", "kathryn"]),
    ("katie", &["katherine", "kathleen", "kathryn"]),
    ("ken", &["kenneth"]),
    ("kenny", &["kenneth"]),
    ("larry", &["laurence", "lawrence"]),
    ("len", &["leonard"]),
    ("lenny", &["leonard"]),
    ("les", &["leslie"]),
    ("liz", &["elizabeth"]),
    ("lizzie", &["elizabeth"]),
    ("lou", &["louis"]),
    ("louie", &["louis"]),
    ("maddie", &["madeleine"]),
    ("maggie", &["margaret"]),
    ("mandy", &["amanda"]),
    ("marty", &["martin"]),
    ("matt", &["matthew"]),
    ("max", &["maximilian", "maxwell"]),
    ("meg", &["margaret"]),
    ("mickey", &["michael"]),
    ("mike", &["michael"]),
    ("mitch", &["mitchell"]),
    ("nat", &["nathaniel"]),
    ("nate", &["nathan", "nathaniel"]),
    ("ned", &["edward"]),
    ("nick", &["nicholas"]),
    ("norm", &["norman"]),
    ("pam", &["pamela"]),
    ("pat", &["patricia", "patrick"]),
    ("patti", &["patricia"]),
    ("patty", &["patricia"]),
    ("peggy", &["margaret"]),
    ("penny", &["penelope"]),
    ("pete", &["peter"]),
    ("phil", &["philip", "phillip"]),
    ("randy", &["randall", "randolph"]),
    ("ray", &["raymond"]),
    ("rich", &["richard"]),
    ("rick", &["eric", "frederick", "richard"]),
    ("ricky", &["richard"]),
    ("rob", &["robert"]),
    ("robbie", &["robert"]),
    ("ron", &["ronald"]),
    ("ronnie", &["ronald"]),
    ("rudy", &["rudolph"]),
    ("russ", &["russell"]),
    ("sally", &["sarah"]),
    ("sam", &["samantha", "samuel"]),
    ("sandy", &["alexander", "sandra"]),
    ("sid", &["sidney"]),
    ("stan", &["stanley"]),
    ("steve", &["stephen", "steven"]),
    ("stew", &["stewart"]),
    ("stu", &["stuart"]),
    ("sue", &["susan", "suzanne"]),
    ("susie", &["susan", "suzanne"]),
    ("ted", &["edward", "theodore"]),
    ("teddy", &["edward", "theodore"]),
    ("terry", &["terence", "terrence", "theresa"]),
    ("theo", &["theodore"]),
    ("thom", &["thomas"]),
    ("tim", &["timothy"]),
    ("timmy", &["timothy"]),
    ("toby", &["tobias"]),
    ("tom", &["thomas"]),
    ("tommy", &["thomas"]),
    ("tony", &["anthony"]),
    ("trish", &["patricia"]),
    ("vic", &["victor"]),
    ("vicky", &["victoria"]),
    ("vince", &["vincent"]),
    ("wally", &["walter"]),
    ("walt", &["walter"]),
    ("wes", &["wesley"]),
    ("will", &["william"]),
    ("willie", &["william"]),
    ("zach", &["zachary"]),
    ("zack", &["zachary"]),
    ("zeke", &["ezekiel"]),
];

/// Chinese, Korean and Vietnamese family names, which stand before the given name.
const FAMILY_FIRST: &[&str] = &[
    "ahn", "an", "bae", "baek", "bai", "ban", "bang", "bui", "cai", "cao", "cha", "chae", "chang",
    "chen", "cheng", "cheung", "chiang", "cho", "choe", "choi", "chow", "chu", "chun", "chung",
    "dang", "deng", "dinh", "doan", "dong", "duan", "duong", "fan", "fang", "feng", "fu", "gao",
    "ge", "geng", "go", "gong", "gu", "guan", "guo", "ha", "hahn", "han", "hao", "heo", "hoang",
    "hong", "hou", "hsieh", "hsu", "hu", "hua", "huang", "huh", "huynh", "hwang", "im", "jang",
    "jeon", "jeong", "ji", "jia", "jiang", "jin", "jo", "joo", "ju", "jung", "kang", "kim", "ko",
    "kong", "koo", "kwak", "kwon", "lai", "lam", "lau", "lee", "lei", "leung", "li", "liang",
    "liao", "lim", "lin", "liu", "lo", "lu", "luo", "lv", "lyu", "ma", "mai", "mao", "meng", "mo",
    "moon", "nam", "ngo", "nguyen", "no", "noh", "oh", "pan", "pang", "park", "peng", "pham",
    "phan", "phung", "qi", "qian", "qiao", "qin", "qiu", "quan", "ren", "rhee", "roh", "ryoo",
    "ryu", "seo", "shao", "shen", "shi", "shih", "shim", "shin", "so", "son", "song", "su", "suh",
    "suk", "sun", "sung", "tak", "tan", "tang", "tao", "tian", "tran", "trinh", "truong", "tsai",
    "tsang", "vo", "vu", "wang", "wei", "wen", "won", "wong", "woo", "wu", "xi", "xia", "xiao",
    "xie", "xiong", "xu", "xue", "yan", "yang", "yao", "ye", "yeo", "yi", "yim", "yin", "yoo",
    "yoon", "you", "yu", "yuan", "yun", "zeng", "zhan", "zhang", "zhao", "zheng", "zhong", "zhou",
    "zhu", "zou",
];

/// Those of them that are given names elsewhere: Kim Davis is no Kim.
const GIVEN_ELSEWHERE: &[&str] = &[
    "an", "fan", "go", "han", "jin", "jung", "kim", "ko", "lee", "ma", "mai", "moon", "no", "park",
    "so", "son", "song", "sun", "sung", "tan", "won", "you",
];

/// Tells whether two given names may be one person's: they are equal, one is the initial or the short form of the
/// other, or both are short forms of one name and no other (`Bob`, `Rob`).
pub(super) fn agree(a: &str, b: &str) -> bool {
    let stands = |short: &str, name: &str| {
        begins(short, name)
            || whole(short).contains(&name)
            || whole(name).iter().any(|name| begins(short, name))
    };
    let (of_a, of_b) = (whole(a), whole(b));
    a == b || stands(a, b) || stands(b, a) || (of_a.len() == 1 && of_a == of_b)
}

/// Returns the names that a short form stands for.
fn whole(short: &str) -> &'static [&'static str] {
    let found = SHORT.binary_search_by_key(&short, |(form, _)| form);
    let found = found.ok().and_then(|at| SHORT.get(at));
    found.map_or(&[], |(_, names)| names)
}

/// Tells whether a word may stand for another given name: it is an initial or a short form.
pub(super) fn is_short(word: &str) -> bool {
    is_initial(word) || !whole(word).is_empty()
}

/// Tells whether a word is a given name that has a short form, or is one.
pub(super) fn is_given(word: &str) -> bool {
    !whole(word).is_empty() || SHORT.iter().any(|(_, names)| names.contains(&word))
}

/// Tells whether a word is a family name that stands first.
pub(super) fn is_family_first(word: &str) -> bool {
    FAMILY_FIRST.binary_search(&word).is_ok()
}

/// Tells whether a word is a given name somewhere, too.
pub(super) fn is_given_elsewhere(word: &str) -> bool {
    GIVEN_ELSEWHERE.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(SHORT.is_sorted_by(|a, b| a.0 < b.0));
        assert!(FAMILY_FIRST.is_sorted_by(|a, b| a < b));
        assert!(GIVEN_ELSEWHERE.is_sorted_by(|a, b| a < b));
        assert!(GIVEN_ELSEWHERE.iter().all(|word| is_family_first(word)));
    }

    #[test]
    fn short_forms_agree_with_what_they_stand_for() {
        for (a, b) in [
            ("robert", "bob"),
            ("bob", "rob"),
            ("r", "bob"),
            ("robert", "r"),
            ("steve", "stephen"),
        ] {
            assert!(agree(a, b) && agree(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("steven", "stephen"),
            ("robert", "rupert"),
            ("eric", "frederick"),
        ] {
            assert!(!agree(a, b) && !agree(b, a), "{a} {b}");
        }
    }
}
