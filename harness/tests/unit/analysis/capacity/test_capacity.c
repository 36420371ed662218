#include "analysis/capacity/capacity.h"

#include "base/mem.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* Climbs in letters, a step each: p pass, b break, i invalid; the level doubles from 1. A ' before a letter: the step
 * before it once more. Spaces part the trials. */
static size_t letters_in(const char *climbs)
{
    size_t count = 0;
    for (const char *at = climbs; *at != '\0'; at++) {
        count += strchr("pbi", *at) != NULL;
    }
    return count;
}

static enum verdict verdict_of(char letter)
{
    if (letter == 'p') {
        return VERDICT_PASS;
    }
    return letter == 'b' ? VERDICT_BREAK : VERDICT_INVALID;
}

static void climb(struct backend_finding *finding, const char *climbs)
{
    struct step_record *records = mem_new(letters_in(climbs) + 1, sizeof *records);
    struct step_record next = {.level = 1};

    *finding = (struct backend_finding){.steps = mem_new(letters_in(climbs) + 1, sizeof *finding->steps)};
    finding->steps[0].record = records;
    for (const char *at = climbs; *at != '\0'; at++) {
        if (*at == ' ') {
            next = (struct step_record){.trial = next.trial + 1, .level = 1};
        } else if (*at == '\'') {
            next.index--;
            next.level /= 2;
        } else {
            records[finding->step_count] = next;
            finding->steps[finding->step_count].record = &records[finding->step_count];
            finding->steps[finding->step_count++].verdict.verdict = verdict_of(*at);
            next.index++;
            next.level *= 2;
        }
    }
    capacity_find(finding);
}

static void come_down(struct backend_finding *finding)
{
    capacity_release(finding);
    free((void *)finding->steps[0].record);
    free(finding->steps);
}

struct climbed {
    const char *climbs;
    uint64_t holds_at, breaks_at; /* 0: it does not */
    uint64_t least, most;
    bool not_monotone, all_invalid;
};

static void check(const struct climbed *expected)
{
    struct backend_finding finding;

    climb(&finding, expected->climbs);
    print_message("\"%s\"\n", expected->climbs);
    assert_int_equal(finding.holds, expected->holds_at != 0);
    assert_int_equal(finding.holds_at, expected->holds_at);
    assert_int_equal(finding.breaks, expected->breaks_at != 0);
    assert_int_equal(finding.breaks_at, expected->breaks_at);
    assert_int_equal(finding.holds_least, expected->least);
    assert_int_equal(finding.holds_most, expected->most);
    assert_int_equal(finding.not_monotone, expected->not_monotone);
    assert_int_equal(finding.all_invalid, expected->all_invalid);
    assert_int_equal(finding.last_good != NULL, finding.holds);
    assert_int_equal(finding.first_break != NULL, finding.breaks);
    if (finding.last_good != NULL) {
        assert_int_equal(finding.last_good->record->level, expected->holds_at);
        assert_int_equal(finding.last_good->verdict.verdict, VERDICT_PASS);
    }
    if (finding.first_break != NULL) {
        assert_int_equal(finding.first_break->record->level, expected->breaks_at);
        assert_int_equal(finding.first_break->verdict.verdict, VERDICT_BREAK);
    }
    if (finding.last_good != NULL && finding.first_break != NULL) {
        assert_int_equal(finding.last_good->record->trial, finding.first_break->record->trial);
        assert_true(finding.holds_at < finding.breaks_at);
    }
    come_down(&finding);
}

/* 1, 2, 4 and 8 by the ladder, then 5, 6 and 7 by a search. */
static void search(struct backend_finding *finding, const char *climbs, const char *searched)
{
    static const uint64_t levels[] = {5, 6, 7};
    size_t ladder = strlen(climbs);
    char *all = mem_format("%s%s", climbs, searched);

    climb(finding, all);
    for (size_t i = 0; i < sizeof levels / sizeof levels[0] && ladder + i < finding->step_count; i++) {
        struct step_record *record = (struct step_record *)finding->steps[ladder + i].record;
        record->level = levels[i];
        record->phase = PHASE_SEARCH;
    }
    capacity_release(finding);
    *finding = (struct backend_finding){.steps = finding->steps, .step_count = finding->step_count};
    capacity_find(finding);
    free(all);
}

TEST(a_search_says_what_holds_and_what_broke_first)
{
    struct backend_finding finding;

    search(&finding, "pppb", "pbb");
    assert_int_equal(finding.holds_at, 5);
    assert_int_equal(finding.breaks_at, 6);
    assert_int_equal(finding.lowest_break->record->level, 6);
    assert_int_equal(finding.first_break->record->level, 6);
    assert_int_equal(finding.last_good->record->phase, PHASE_SEARCH);
    assert_false(finding.not_monotone);
    come_down(&finding);

    search(&finding, "pppb", "bpi"); /* 6 held above 5, which did not */
    assert_int_equal(finding.holds_at, 6);
    assert_int_equal(finding.breaks_at, 8);
    assert_true(finding.not_monotone);
    come_down(&finding);

    search(&finding, "pppp", "ppb"); /* as under other limits than it was searched with */
    assert_int_equal(finding.holds_at, 8);
    assert_false(finding.breaks);
    assert_null(finding.first_break);
    assert_true(finding.not_monotone);
    come_down(&finding);
}

TEST(one_climb_holds_below_its_first_break)
{
    const struct climbed cases[] = {
        {"", 0, 0, 0, 0, false, false},     {"p", 1, 0, 1, 1, false, false},
        {"b", 0, 1, 0, 0, false, false},    {"pppp", 8, 0, 8, 8, false, false}, /* nothing broke */
        {"bbbb", 0, 1, 0, 0, false, false},                                     /* nothing held */
        {"ppbb", 2, 4, 2, 2, false, false}, {"pppb", 4, 8, 4, 4, false, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check(&cases[i]);
    }
}

TEST(a_break_that_a_higher_load_contradicts_is_told_and_does_not_count)
{
    const struct climbed cases[] = {
        {"pbpp", 8, 0, 8, 8, true, false},      {"bppp", 8, 0, 8, 8, true, false},
        {"ppbpbp", 32, 0, 32, 32, true, false}, {"pbipb", 8, 16, 8, 8, true, false},
        {"pb'bpb", 1, 2, 1, 1, true, false},   /* a second run agreed, and only one higher load held */
        {"pb'bppb", 8, 16, 8, 8, true, false}, /* as many loads held above as runs broke below */
        {"pib'pp", 8, 0, 8, 8, false, false},  /* the same load broke and held: it has not decided */
        {"pp'bb", 1, 4, 1, 1, false, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check(&cases[i]);
    }
}

TEST(invalid_steps_are_as_if_they_had_not_been)
{
    const struct climbed cases[] = {
        {"i", 0, 0, 0, 0, false, true},        {"iiii", 0, 0, 0, 0, false, true},
        {"pib", 1, 4, 1, 1, false, false},     {"ppii", 2, 0, 2, 2, false, false},
        {"iib", 0, 4, 0, 0, false, false},     {"iipb", 4, 8, 4, 4, false, false},
        {"ipi", 2, 0, 2, 2, false, false},     {"pbi", 1, 2, 1, 1, false, false},
        {"pi'p'pb", 2, 4, 2, 2, false, false}, {"pi'bb", 1, 2, 1, 1, false, false},
        {"pi'ipb", 4, 8, 4, 4, false, false},  {"i'ii'i", 0, 0, 0, 0, false, true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check(&cases[i]);
    }
}

TEST(of_several_climbs_the_median_stands_for_the_backend)
{
    const struct climbed cases[] = {
        {"ppb ppb ppb", 2, 4, 2, 2, false, false},
        {"ppb pppb pb", 2, 4, 1, 4, false, false},
        {"pb pppb", 1, 2, 1, 4, false, false}, /* of two the lower */
        {"pppb pb", 1, 2, 1, 4, false, false},
        {"pppb pb ppb ppppb", 2, 4, 1, 8, false, false}, /* of four the second */
        {"b ppb pppb", 2, 4, 0, 4, false, false},
        {"b b pppb", 0, 1, 0, 4, false, false},   /* mostly it holds nothing */
        {"b pppb", 0, 1, 0, 4, false, false},     /* of two the one that held nothing */
        {"ppp ppb pp", 2, 0, 2, 4, false, false}, /* 2 and a break, 2 without one, 4: the second */
        {"pbp ppb ppb", 2, 4, 2, 4, true, false}, /* told, whichever trial it was */
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check(&cases[i]);
    }
}

TEST(climbs_that_say_nothing_do_not_count_for_the_median)
{
    const struct climbed cases[] = {
        {"ii ppb pppb", 2, 4, 2, 4, false, false},
        {"ppb ii", 2, 4, 2, 2, false, false},
        {"ii i'i", 0, 0, 0, 0, false, true},
        {"ii b", 0, 1, 0, 0, false, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check(&cases[i]);
    }
}

/* What held at the same load may have broken at different ones, or not at all. */
TEST(equal_capacities_are_ordered_by_their_breaks_whatever_the_order_of_the_trials)
{
    const char *const orders[] = {"ppb ppib ppi", "ppb ppi ppib", "ppib ppb ppi",
                                  "ppib ppi ppb", "ppi ppb ppib", "ppi ppib ppb"};

    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        check(&(struct climbed){orders[i], 2, 8, 2, 2, false, false});
    }
}

TEST(trials_are_those_with_a_step)
{
    const struct {
        const char *climbs;
        unsigned trials;
    } cases[] = {{"", 0}, {"ppb", 1}, {"i", 1}, {"p i b", 3}, {"ppb  pb", 2}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct backend_finding finding;
        climb(&finding, cases[i].climbs);
        assert_int_equal(finding.trials, cases[i].trials);
        come_down(&finding);
    }
}

TEST(a_step_is_repeated_when_the_next_is_the_same_step_of_the_same_trial)
{
    const char *const climbs = "pi'i'pb i'p i p";
    const bool repeated[] = {false, true, true, false, false, true, false, false, false};
    struct backend_finding finding;

    climb(&finding, climbs);
    assert_int_equal(finding.step_count, sizeof repeated / sizeof repeated[0]);
    for (size_t i = 0; i < finding.step_count; i++) {
        assert_int_equal(capacity_repeated(&finding, i), repeated[i]);
    }
    come_down(&finding);
}
