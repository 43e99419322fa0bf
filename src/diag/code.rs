//! Every code of a problem or note, with what `explain` says of it.

/// A stable name for one kind of problem. Never reused, never renumbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// What `explain` tells of a code.
#[derive(Clone, Copy, Debug)]
pub struct CodeDoc {
    /// The code.
    pub code: Code,
    /// One word or two, in `snake_case`, for people who grep.
    pub name: &'static str,
    /// What it means, in a sentence or two.
    pub what: &'static str,
    /// What to do about it.
    pub fix: &'static str,
}

/// Declares the codes once: a constant for the code that finds it, a row for `explain`.
macro_rules! codes {
    ($($constant:ident = $code:literal, $name:literal, $what:literal, $fix:literal;)*) => {
        impl Code {
            $(#[doc = $what] pub const $constant: Self = Self($code);)*
        }

        /// Every code, in order.
        pub const CODES: &[CodeDoc] = &[
            $(CodeDoc { code: Code::$constant, name: $name, what: $what, fix: $fix },)*
        ];
    };
}

impl Code {
    /// Its name, for people who grep; empty for a code that is not listed.
    #[must_use]
    pub fn name(self) -> &'static str {
        CODES.iter().find(|doc| doc.code == self).map_or("", |doc| doc.name)
    }
}

codes! {
    YAML_SYNTAX = "TM001", "yaml_syntax", "The text is not YAML.", "Mend the place shown; a missing space after a colon or a wrong indent is the usual cause.";
    TOO_LARGE = "TM002", "too_large", "The file is larger, deeper or, through its aliases, longer than any map needs to be.", "Split the map, or write the repeated part once.";
    NOT_UTF8 = "TM003", "not_utf8", "A map is UTF-8 text; this file is not.", "Save the file as UTF-8.";
    SEVERAL_DOCUMENTS = "TM004", "several_documents", "A map is one YAML document; this file holds another, or none.", "Keep one map per file.";
    UNKNOWN_ALIAS = "TM005", "unknown_alias", "An alias (`*name`) refers to an anchor (`&name`) that was not set before it.", "Set the anchor earlier in the file, or write the value out.";
    UNKNOWN_KEY = "TM101", "unknown_key", "A key that has no meaning at this place.", "Correct the spelling, or remove the key.";
    DUPLICATE_KEY = "TM102", "duplicate_key", "The same key stands twice in one mapping, so one of the two values would be lost.", "Keep one of the two.";
    MISSING_KEY = "TM103", "missing_key", "A key that cannot be done without is not there.", "Add it.";
    WRONG_TYPE = "TM104", "wrong_type", "The value has another shape than what is expected here: text, a number, a list or a mapping.", "Write the value in the shape that the message names.";
    BAD_ID = "TM105", "bad_id", "An id is made of lower-case letters, digits, `_` and `-`.", "Use such an id; names may hold any text.";
    DUPLICATE_ID = "TM106", "duplicate_id", "Two things of the map carry the same id; ids are unique over the whole map.", "Rename one of the two.";
    RESERVED_ID = "TM107", "reserved_id", "`overall`, `recommend`, `start` and `end` have a meaning of their own.", "Choose another id.";
    UNKNOWN_REFERENCE = "TM108", "unknown_reference", "A name refers to a touchpoint, stage or segment that the map does not have.", "Correct the name, or add what it should refer to.";
    BAD_SHARE = "TM109", "bad_share", "A share is a number from 0 to 1.", "Write 0.19 for 19 %.";
    SHARE_SUM = "TM110", "share_sum", "The shares out of one touchpoint add up to more than 1.", "Lower the shares: together they are all the customers who leave the touchpoint.";
    OFF_SCALE = "TM111", "off_scale", "A score lies outside the scale it is measured on.", "Correct the score, or the scale.";
    BAD_SCALE = "TM112", "bad_scale", "A scale is two numbers, the lowest and the highest answer.", "Write `scale: [1, 10]`.";
    BAD_LANGUAGE = "TM113", "bad_language", "Not a language tag as BCP 47 writes them.", "Write `en`, `zh-Hans`, `zh-Hant`, `pt-BR` …";
    BAD_WORD = "TM114", "bad_word", "Only certain words have a meaning here.", "Use one of the words that the message lists.";
    BAD_NUMBER = "TM115", "bad_number", "A number outside the range that makes sense here.", "Write a number in the range that the message names.";
    BAD_DATE = "TM116", "bad_date", "Not a date of the calendar.", "Write dates as 2026-03-31.";
    DUPLICATE_TRANSITION = "TM117", "duplicate_transition", "The same transition is given twice.", "Keep one of the two.";
    TRAP = "TM118", "trap", "Customers who come here can never leave: no way leads to an end of the journey.", "Add the way out, or lower the shares so that some leave.";
    UNREACHABLE = "TM119", "unreachable", "No way leads from the start of the journey to this touchpoint.", "Add a transition to it, or take it out of the flow.";
    BAD_TRANSITION = "TM120", "bad_transition", "A transition is `a -> b`, a chain of them, or a mapping with `from` and `to`.", "Write `reception -> show_flat`.";
    FORMAT_VERSION = "TM121", "format_version", "The map is written for another version of the format.", "Write `touchmap: 1`, or use the touchmap that knows the version.";
    EMPTY_TEXT = "TM122", "empty_text", "A name or text is empty.", "Write the text, or remove the key.";
    BAD_BANDS = "TM123", "bad_bands", "Band edges are three numbers from 0 to 100 that rise.", "Write `bands: [70, 80, 90]`.";
    EMPTY_MAP = "TM124", "empty_map", "The map has no touchpoint, so there is nothing to show.", "Add at least one stage with a touchpoint.";
    AMBIGUOUS_MISSING = "TM125", "ambiguous_missing", "A declared missing code is given twice, with different classes.", "Keep one of the two.";
    BAD_GATE = "TM126", "bad_gate", "A rule of the gate has no meaning, or names something that the map does not have.", "Write it as `touchmap help gate` shows.";
    EMPTY_STAGE = "TM130", "empty_stage", "A stage has no touchpoints.", "Add touchpoints to it, or remove the stage.";
    OUTSIDE_FLOW = "TM131", "outside_flow", "The map gives a flow, and the touchpoint is not in it.", "Add it under `flow:`, or take it out of its stage.";
    DEAD_END = "TM132", "dead_end", "Nobody who comes to this touchpoint completes the journey: customers leave here or behind it, and no way leads to the end.", "Add the way on, if there is one; if the shares are right, this is where customers are lost.";
    UNDECLARED_VALUE = "TM401", "undeclared_value", "Values in the responses are neither on the scale nor declared as missing.", "Declare them under `missing:` of the column, correct the scale, or read them as blank with `--lenient`.";
    COLUMN_NOT_FOUND = "TM402", "column_not_found", "A column that the map names is in none of the files.", "Correct the name; `columns:` takes a list of names for a column that was renamed.";
    DUPLICATE_HEADER = "TM403", "duplicate_header", "Two columns of the file have the same name, and the map needs one of them.", "Address the column by its position: `#17` is the seventeenth.";
    RAGGED_ROW = "TM404", "ragged_row", "Rows have more or fewer cells than the header, or a quote is never closed.", "Mend the rows; an unquoted separator or line break is the usual cause.";
    BAD_WEIGHT = "TM405", "bad_weight", "A weight is missing, negative or not a number.", "Mend the weights, or score with `--unweighted`.";
    UNKNOWN_WAVE = "TM406", "unknown_wave", "There are no responses of this wave.", "Choose one of the waves that the message lists.";
    UNKNOWN_SEGMENT = "TM407", "unknown_segment", "The survey has no such segment, or nobody in it.", "Choose one that the message lists.";
    UNREADABLE_TEXT = "TM408", "unreadable_text", "The bytes of the file are no text in any encoding we know.", "Save the file as UTF-8.";
    EMPTY_FILE = "TM409", "empty_file", "The file has no header or no rows.", "Check that the export is complete.";
    TOO_MANY_LEVELS = "TM410", "too_many_levels", "A score, a segment or the wave has more than 1,001 different values.", "Check that the column is the right one, or bin its values.";
    BAD_AGGREGATE = "TM411", "bad_aggregate", "A row of aggregates cannot be read.", "Give `touchpoint`, `wave`, and `n` with `mean`, or one column per level.";
    NO_WAVE = "TM412", "no_wave", "It is not said to which wave the rows belong.", "Name the column with `wave:`, or give `wave:` to each file.";
    UNKNOWN_FORMAT = "TM413", "unknown_format", "The responses are in a form that this version cannot read.", "Save them as CSV; Parquet is read by a build with `--features parquet`.";
    NO_SCORES = "TM414", "no_scores", "There are neither responses nor inline scores, so there is nothing to report.", "Add a `survey:` section, `--responses FILE`, or `scores:` to the touchpoints.";
    SUSPICIOUS_MIX = "TM415", "mixed_scores", "A score has two sources: responses, aggregates or inline scores of the same touchpoint and wave, or files that ask on different scales.", "Keep one of the two.";
    BAD_TALLY = "TM416", "bad_tally", "The file is no tally, was damaged, or was written by another version.", "Write it again with `touchmap tally`, from the responses.";
    OTHER_TALLY = "TM417", "other_tally", "The tally belongs to another map or another state of it, or was made otherwise than those it is added to.", "Write it again with `touchmap tally`, with the same map and flags.";
    NOT_COUNTABLE = "TM418", "not_countable", "The file holds aggregates, which are a tally already: there are no rows to count.", "Give aggregates to the commands themselves, with `--responses`.";
    DAMAGED_FILE = "TM430", "damaged_file", "The file was cut off or changed: what is left of it cannot be read to its end.", "Copy or export it again.";
    TOO_LARGE_TO_READ = "TM431", "too_large_to_read", "A row, or what a packed file unpacks to, is larger than that of any survey.", "An unclosed quote or lines without an end are the usual cause; unpack a packed file first.";
    BAD_SHEET = "TM432", "bad_sheet", "It is not clear which sheet of a workbook holds the responses, or they cannot be read as a table.", "Name it with `sheet:` at the file, or save it as CSV.";
    BAD_LONG_ROW = "TM433", "bad_long_row", "A row of respondent, touchpoint and score cannot be read, or contradicts another.", "Keep one row for each respondent, touchpoint and wave.";
    NO_SUCH_FILE = "TM434", "no_such_file", "A pattern or a folder of responses holds no file that is read.", "Correct the pattern; in folders, files are known by endings such as `.csv` and `.xlsx`.";
    UNCLEAR_LABELS = "TM435", "unclear_labels", "Answers are written as labels that belong to no one scale, or could belong to several.", "Declare them: `labels: {very satisfied: 5, …}` at the question.";
    NAMED_TWICE = "TM436", "named_twice", "A file of responses, or a tally, is named twice: its respondents would count twice.", "Name it once; of a workbook, name each sheet once.";
    NOT_IN_POPULATION = "TM437", "not_in_population", "Respondents have a value of a raked segment that `survey.population` does not count, so there is no share to rake them to.", "Count it under `population.segments`, correct its spelling, or rake to another segment.";
    NOT_RAKED = "TM438", "not_raked", "No weights give a wave the shares of the population in all raked segments at once.", "Rake to fewer segments, or count small values together.";
    RAKING_NEEDS_ROWS = "TM439", "raking_needs_rows", "Weights are raked once all rows of a wave are known; a written tally holds those of some files, and no row.", "Give the responses to `score` and `report` themselves, or write the tally with `--unweighted`.";
    IMPORT_SYNTAX = "TM501", "import_syntax", "The file to import has something at this place that its format does not allow.", "Mend the place shown; the message says what was expected.";
    NOT_CARRIED_OVER = "TM502", "not_carried_over", "Something of the imported file has no place in a map, and was left out.", "Nothing to do if it does not matter; otherwise write into the map what it means.";
    ID_MADE = "TM503", "id_made", "Ids were made for things whose own name cannot be an id.", "Rename them where the map is to be read; nothing else refers to them yet.";
    NOTHING_TO_IMPORT = "TM504", "nothing_to_import", "The file has no touchpoint, so there is no map to make of it.", "Check that it is the right file, and its format with `--format`.";
    READ_AS = "TM505", "read_as", "Something of the imported file could mean several things, and was read as one of them.", "Check that it was meant so.";
    UNWEIGHTED_WAVE = "TM301", "unweighted_wave", "No row of the wave has a weight, so every respondent counts the same.", "Nothing to do if the wave was not weighted.";
    UNASKED = "TM302", "unasked", "The wave has no column for this touchpoint: it was not asked.", "Nothing to do if the question was not in that wave.";
    LOW_BASE = "TM303", "low_base", "Fewer effective respondents than `rules.low_base`: shown hatched, never flagged, never tested.", "Read it as a hint; ask more respondents.";
    SUPPRESSED = "TM304", "suppressed", "Fewer answers than `rules.suppress_below`: withheld, so that nobody can be recognised.", "Ask more respondents, or look at a larger group.";
    STRAIGHT_LINING = "TM305", "straight_lining", "More than 30 % of the respondents gave the same answer to everything.", "Check the fieldwork; importance will be flat.";
    LENIENT = "TM306", "lenient", "Undeclared values were read as blank because of `--lenient`.", "Declare the codes, so that nothing is lost unseen.";
    NOT_COMPARABLE = "TM307", "not_comparable", "The question changed between the waves (`question_version`, scale or missing codes), so they are not compared.", "Nothing to do if the change was meant.";
    NO_BASELINE = "TM308", "no_baseline", "There is no earlier wave to compare with.", "Add the responses of an earlier wave, or name one with `--baseline`.";
    ZERO_WEIGHT = "TM309", "zero_weight", "Rows with weight 0 were left out.", "Nothing to do if that was meant.";
    AGGREGATES_ONLY = "TM310", "aggregates_only", "There are no respondent rows, only aggregates: what needs the rows is left out.", "Give the rows to see it.";
    NOT_NPS = "TM311", "net_score", "The recommend question is not on a scale from 0 to 10, so its balance is called a net score, not NPS.", "Nothing to do.";
    FEW_ANSWERS = "TM312", "few_answers", "More than 20 % of the respondents rated fewer than three touchpoints.", "Nothing to do if most customers meet few touchpoints.";
    MAP_SURVEY_DISAGREE = "TM314", "map_survey_disagree", "The map says that every customer meets the touchpoint; the survey says that many do not.", "Correct the flow, or check who was asked.";
    SHARE_LEFT_OPEN = "TM315", "share_left_open", "Some transitions have no share, so how many customers take them is not known.", "Give the shares that are known.";
    OVERLAPPING_PANEL = "TM316", "overlapping_panel", "More than 1 % of the respondents answered in both waves, so the test for independent samples is refused.", "Draw new respondents for each wave, or read the change without its test.";
    COLLINEAR = "TM317", "collinear", "Touchpoints are linked so closely that two ways to divide importance among them differ by more than 3 percentage points.", "Read their importance together, or ask fewer questions about the same thing.";
    NO_IMPORTANCE = "TM318", "no_importance", "Importance is not derived from these responses, for the reason in the text.", "Ask more respondents, and ask all of them for their overall satisfaction.";
    LEFT_OUT = "TM319", "left_out_of_model", "A touchpoint is left out of derived importance: fewer than 100 respondents rated it and the whole, or all of them alike.", "Ask more of those who meet it.";
    MANY_BLANKS = "TM320", "many_blanks", "More than 10 % of those who should have rated the touchpoint left it blank.", "Check the questionnaire: a `not applicable` box may be missing, or not declared.";
    REPAIRED = "TM321", "repaired", "Correlations of pairs of touchpoints contradicted one another, because not everybody rated both, and were repaired.", "Nothing to do where the change is small.";
    MIX_MOVED = "TM322", "mix_moved", "The shares of a segment among the answers moved by more than 3 percentage points between the waves.", "Read the change with its two parts: who answered, and how.";
    DICHOTOMOUS = "TM323", "dichotomous", "Overall satisfaction has only two answers, so importance is that of a linear probability.", "Nothing to do; a scale of more levels would tell more.";
    LABELS_READ = "TM330", "labels_read", "Answers are written as labels, and were read as numbers of the scale.", "Check that it was meant so; `labels:` at the question says it otherwise.";
    HEADER_FOUND = "TM331", "header_found", "Rows above the header, or explaining it, were passed over.", "Nothing to do if none of them holds answers.";
    READ_SO = "TM332", "read_so", "A file could be read in several ways, and was read in one of them.", "Check that it was meant so.";
    UNPLACED = "TM333", "unplaced", "Touchpoints have no column in any of the files, and there are columns that the map does not name.", "Run `touchmap match MAP`: it says which column is probably which touchpoint, and with `--write` puts it into the map.";
    UNREADABLE_DATE = "TM340", "unreadable_date", "Cells of the column of dates hold no date that can be read, or one of which day and month could be either way round.", "Export dates as `2025-03-07`, or take `date:` out of the survey; scores do not change.";
    REPEATED_RESPONDENTS = "TM341", "repeated_respondents", "Rows of a wave come from respondents who have an earlier row in it. All of them count.", "Keep one row of each respondent, or correct the column of `respondent:`. Nothing to do if respondents may answer several times.";
    MORE_THAN_ALL = "TM343", "more_than_all", "A wave has more respondents than `survey.population` has customers, so one of the two numbers is wrong. Intervals are those of a sample of many.", "Correct the number of customers, or look for rows that are there twice.";
    NOBODY_OF = "TM344", "nobody_of", "Customers of a value of a raked segment are in the population, and nobody of them answered: their share goes to the other values.", "Ask some of them, or count them together with those who are like them.";
    UNEQUAL_WEIGHTS = "TM345", "unequal_weights", "Raked weights are so unequal that more than half of the answers are lost to them.", "Rake to fewer segments, or count small values together.";
    MIX_TURNED = "TM346", "mix_turned", "A score moved one way as a whole and the other way in every group of a segment, because the shares of the groups moved (Simpson's paradox).", "Read the change by group; with the mix held still it has the other sign.";
    OVER_PROMISED = "TM347", "over_promised", "Customers expect at least 10 points more of a touchpoint than of the others on average, beyond chance: more is promised there.", "Say what customers will get, or give what was said.";
    KEYWORD_CODED = "TM348", "keyword_coded", "Causes of comments are found by keywords: a first and rough coding, of which the text says how much of the comments it reaches.", "Nothing to do; `reasons:` takes codes of people, and `causes:` more keywords.";
    NO_OWNER = "TM601", "no_owner", "Nobody answers for the touchpoint, while others have an owner: what everybody owns, nobody mends.", "Write `owner:`.";
    NO_QUESTION = "TM602", "no_question", "The survey has no question for the touchpoint in any wave, so the report shows it without a score.", "Ask for it (`touchmap questionnaire`), name its column under `survey.columns`, or take it out of the map.";
    NO_TOUCHPOINT = "TM603", "no_touchpoint", "A column of the responses looks like ratings, and the map has no touchpoint for it: answers are lost.", "Add the touchpoint, or name the column where it belongs; `touchmap match` proposes where.";
    SIMILAR_NAMES = "TM604", "similar_names", "Two touchpoints, or two stages, have names that readers will take for the same.", "Say in the names what tells them apart, or make one of the two.";
    OVERDUE = "TM605", "overdue_action", "The action was due before today, and its status does not say that it is done.", "Set `status: done`, or a new date; `--as-of` says which day counts as today.";
    LOW_REACH = "TM606", "low_reach", "By the flow of the map every customer meets the touchpoint; of those asked in the last wave, many did not.", "Add the way round it to `flow:`, or check who was asked.";
    UNTRANSLATED = "TM607", "untranslated", "A text lacks a language that most texts of the map have: its readers see another language there.", "Add the text in that language.";
    IDLE_SILENCE = "TM608", "idle_silence", "A silence accepts a warning that no longer comes up.", "Remove it, so that it does not hide the next one.";
    LOOSE_ACTION = "TM609", "loose_action", "An action that is not done has nobody who does it, or no day by which it is done.", "Write `owner:` and `due:`.";
    UNSEEN_VALUE = "TM610", "unseen_value", "`order:` of a segment names a value that nobody has.", "Correct the spelling, or take the value out.";
    LONG_QUESTIONNAIRE = "TM621", "long_questionnaire", "The questionnaire takes longer than 90 seconds. The longer it takes, the fewer finish it, and the more carelessly later questions are answered (Galesic & Bosnjak 2009, Public Opinion Quarterly 73:349).", "Ask each customer only for the touchpoints they met, in parts, or drop touchpoints that move nothing.";
    EVEN_SCALE = "TM622", "even_scale", "The scale has an even number of answers, so that who is neither satisfied nor dissatisfied must choose a side, and measures with a middle are more reliable (O'Muircheartaigh, Krosnick & Helic 2000).", "Use 1–5, 1–7 or 0–10; keep an even scale where earlier waves have it.";
    NO_NOT_APPLICABLE = "TM623", "no_not_applicable", "Touchpoints that not everybody meets have no answer “not applicable”. Who never met them then leaves them blank, or invents an opinion (Krosnick & Presser 2010, Question and Questionnaire Design, Handbook of Survey Research).", "Let `questionnaire.not_applicable` at its default.";
    NO_FREE_TEXT = "TM624", "no_free_text", "There is no question with a free answer: the survey will say where it hurts, and not why.", "Let `questionnaire.comment` at its default: one such question, optional and last.";
    ASKS_FOR_NAME = "TM625", "asks_for_name", "The questionnaire asks who somebody is. Answers that are not anonymous are kinder than what is thought (Tourangeau & Yan 2007, Psychological Bulletin 133:859), and personal data need a reason by law.", "Take the question out; where customers want an answer, ask in a form of its own.";
    WORDING_CHANGED = "TM626", "wording_changed", "The words or the scale of a question changed since the earlier map, and its `question_version` did not: a difference between the waves would be that of the words, too (Schuman & Presser 1981, Questions and Answers in Attitude Surveys).", "Keep the words, or raise `question_version`, so that the waves are not compared.";
    GATE_FAILED = "TM701", "gate_failed", "A rule of the gate does not hold in this wave.", "Mend the touchpoint, or the rule; `touchmap explain` says why a touchpoint is flagged.";
    GATE_UNKNOWN = "TM702", "gate_unknown", "The data cannot tell whether a rule of the gate holds: its question was not asked, has too few answers, or there is nothing to compare with.", "Ask for it, drop the rule, or run with `--allow-unknown`.";
}
