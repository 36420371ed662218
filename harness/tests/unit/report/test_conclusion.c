#include "report/words/conclusion.h"

#include "findings_builder.h"
#include "report/words/limit_phrase.h"
#include "report/words/sentence.h"
#include "report_cases.h"
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char scenario[] =
    "{\"schema\": 1, \"name\": \"s\", \"why\": \"a test\",\n"
    " \"requests\": [{\"name\": \"r\", \"weight\": 1, \"method\": \"GET\", \"path\": \"/\"}],\n"
    " \"double\": {\"what\": \"rate\", \"from\": 1000, \"steps\": 6}, \"step\": {\"warmup\": \"1s\", \"measure\": "
    "\"5s\"},\n"
    " \"arrivals\": \"even\", \"deadline\": \"1s\", \"seed\": 1, \"limits\": {\"p99\": \"50ms\"}}";

static void check(const char *climbs, const char *wanted)
{
    struct findings_builder builder;
    struct text out = {0};

    builder_init(&builder, scenario);
    builder_climbs(&builder, climbs);
    builder_finish(&builder);
    conclusion_write(&out, &builder.findings);
    assert_string_equal(out.data, wanted);
    text_release(&out);
    builder_release(&builder);
}

#define BETWEEN_1_AND_2 "on latency between 1,000/s and 2,000/s because its cores were saturated"
#define BETWEEN_2_AND_4 "on latency between 2,000/s and 4,000/s because its cores were saturated"
#define BETWEEN_1_AND_4 "on latency between 1,000/s and 4,000/s because its cores were saturated"

/* No ratio: of each only a doubling is known. */
TEST(the_lowest_break_is_first_and_the_highest_hold_longest)
{
    check("rust pppppb go pppb node pb",
          "node breaks first, " BETWEEN_1_AND_2 ". rust has the highest capacity: between 16,000/s and 32,000/s.");
    check("rust pppb go ppb node pb",
          "node breaks first, " BETWEEN_1_AND_2
          ". rust has the highest capacity: between 4,000/s and 8,000/s. go is not told apart from any other.");
}

TEST(equal_steps_are_no_difference)
{
    check("go ppb node ppb", "go and node break alike (one trial does not tell them apart): go " BETWEEN_2_AND_4
                             "; node " BETWEEN_2_AND_4 ".");
    check("c pppb d pppb a pb b pb",
          "a and b break first (one trial does not tell them apart): a " BETWEEN_1_AND_2 "; b " BETWEEN_1_AND_2
          ". c and d have the highest capacity: between 4,000/s and 8,000/s and between 4,000/s and 8,000/s (one trial "
          "does not "
          "tell them apart).");
}

TEST(trials_that_overlap_are_no_difference)
{
    check("a ppb,pb b pb,pb",
          "a and b break alike (no difference seen between them): a " BETWEEN_1_AND_4 "; b " BETWEEN_1_AND_2 ".");
    check("a pppb,pppb b pb,pb",
          "b breaks first, " BETWEEN_1_AND_2 ". a has the highest capacity: between 4,000/s and 8,000/s.");
}

/* A service that a search left between these two levels, in each of so many trials. */
static void bracket(struct findings_builder *builder, const char *name, unsigned trials, uint64_t holds,
                    uint64_t breaks)
{
    const struct step_spec pass = {holds, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1, 5, 1, 0.5, 50};
    const struct step_spec fail = {breaks, VERDICT_BREAK, 1, FAILURE_TIMEOUT, 1, 90, 1, 0.5, 50};

    builder_backend(builder, name, "L", "F");
    for (unsigned trial = 0; trial < trials; trial++) {
        builder_step(builder, trial, &pass);
        builder_step(builder, trial, &fail);
        builder_breach(builder, LIMIT_LATENCY, 1000, 90e6);
        builder_cause(builder, CAUSE_CPU);
    }
}

/* "a" against "b", which holds 2,000/s and breaks at 2,200/s. */
static void check_brackets(unsigned trials, uint64_t holds, uint64_t breaks, const char *wanted)
{
    struct findings_builder builder;
    struct text out = {0};

    builder_init(&builder, scenario);
    bracket(&builder, "a", trials, holds, breaks);
    bracket(&builder, "b", trials, 2000, 2200);
    builder_finish(&builder);
    conclusion_write(&out, &builder.findings);
    if (strncmp(out.data, wanted, strlen(wanted)) != 0) {
        fail_msg("\"%s\" does not begin with \"%s\"", out.data, wanted);
    }
    text_release(&out);
    builder_release(&builder);
}

TEST(one_trial_less_than_a_doubling_ahead_is_no_difference)
{
    check_brackets(1, 3000, 3300,
                   "a and b break alike (one trial does not tell them apart): a on latency at 3,150/s "
                   "(3,000 to 3,300)");
    check_brackets(1, 4400, 4800, "b breaks first, on latency at 2,100/s (2,000 to 2,200)"); /* a whole doubling */
    check_brackets(2, 3000, 3300, "b breaks first, on latency at 2,100/s");
    check_brackets(6, 3000, 3300, "b breaks first, on latency at 2,100/s");
}

TEST(a_ratio_is_made_of_two_estimates)
{
    check_brackets(6, 4400, 4800,
                   "b breaks first, on latency at 2,100/s (2,000 to 2,200) because its cores were "
                   "saturated. a has the highest capacity: 4,600/s (4,400 to 4,800), about 2.2 times "
                   "that of b.");
}

TEST(one_service_answers_with_its_limit)
{
    check("go ppb", "go breaks first, " BETWEEN_2_AND_4 ".");
    check("go b", "go breaks first, on latency below 1,000/s because its cores were saturated.");
}

TEST(a_service_whose_steps_say_nothing_is_not_ranked)
{
    check("go pb node ii", "go breaks first, " BETWEEN_1_AND_2 ". Nothing is known of node.");
    check("go ii", "This run gives no answer: no step of it says what a service holds. Nothing is known of go.");
}

TEST(a_service_that_may_break_as_early_is_named)
{
    check("a ppppb c iiib b ppb",
          "b breaks first, " BETWEEN_2_AND_4
          ". a has the highest capacity: between 8,000/s and 16,000/s. Whether c holds 4,000/s is not "
          "known.");
}

TEST(a_service_that_was_stopped_by_the_generator_does_not_hold_longest)
{
    check("a ppi b ppb", "b breaks first, " BETWEEN_2_AND_4
                         ". Whether a holds 4,000/s is not known. How far a would have gone is not known: no break was "
                         "found.");
}

TEST(nothing_broke_up_to_the_top)
{
    check("a pppppp b pppppp", "Nothing was seen to break: a holds at least 32,000/s and b holds at least 32,000/s (no "
                               "difference seen between "
                               "them). 32,000/s is the top of the ladder; a longer one would tell more.");
    check(
        "a pppppp b ppi",
        "Nothing was seen to break: a holds at least 32,000/s and b holds at least 2,000/s; which would break first is "
        "not known. 32,000/s is the top of the ladder; a longer one would tell more.");
    check("a ppi", "Nothing was seen to break: a holds at least 2,000/s.");
}

TEST(an_interrupted_run_says_so)
{
    struct findings_builder builder;
    struct text out = {0};

    builder_init(&builder, scenario);
    builder.log.end.present = false;
    builder_climbs(&builder, "go pb");
    builder_finish(&builder);
    conclusion_write(&out, &builder.findings);
    assert_non_null(strstr(out.data, "The run was cut short"));
    text_release(&out);
    builder_release(&builder);
}

/* The last service of the climbs answered wrongly from its first step on. */
static void check_wrong(const char *climbs, bool nothing_right, const char *wanted)
{
    const struct wrong_response wrong = {
        .request = "r", .status = 404, .expected_bytes = NAN, .body = "none", .body_bytes = 4};
    struct findings_builder builder;
    struct text out = {0};

    builder_init(&builder, scenario);
    builder_climbs(&builder, climbs);
    builder_finish(&builder);
    struct backend_finding *last = &builder.findings.backends[builder.findings.backend_count - 1];
    struct load_record *load = &((struct step_record *)last->steps[0].record)->load;
    load->tally.failures[FAILURE_STATUS] = load->tally.completed * 8 / 10;
    load->first_wrong = wrong_response_copy(&wrong);
    last->wrong_from_start = &last->steps[0];
    last->nothing_right = nothing_right;
    conclusion_write(&out, &builder.findings);
    assert_string_equal(out.data, wanted);
    text_release(&out);
    builder_release(&builder);
}

TEST(a_service_that_answers_wrongly_from_the_start_is_told_of_first)
{
    check_wrong(
        "go ppb lost b", false,
        "lost gave a wrong answer to 80 % of the requests at its lowest load, 1,000/s (status 404 instead of any "
        "2xx, body \"none\"). lost breaks first, on latency below 1,000/s because its cores were saturated. go has the "
        "highest capacity: between 2,000/s and 4,000/s.");
}

TEST(a_service_without_a_right_response_is_told_of_alone)
{
    check_wrong("lost i", true,
                "lost answered every request at its lowest load, 1,000/s, wrongly (status 404 instead of any 2xx, body "
                "\"none\"): nothing of it was measured.");
}

TEST(a_step_holds_breaks_or_has_not_decided_and_says_which_run_of_its_load_it_was)
{
    struct text out = {0};

    limit_phrase_verdict(&out, VERDICT_PASS, 0);
    text_add(&out, "; ");
    limit_phrase_verdict(&out, VERDICT_BREAK, 1);
    text_add(&out, "; ");
    limit_phrase_verdict(&out, VERDICT_UNDECIDED, 2);
    text_add(&out, "; ");
    limit_phrase_verdict(&out, VERDICT_INVALID, 0);
    assert_string_equal(out.data, "holds; breaks, run 2; undecided, run 3; invalid");
    text_release(&out);
}

TEST(limits_are_listed_by_the_loads_at_which_they_break)
{
    const struct backend_finding backend = {
        .limits = {{.limit = LIMIT_MEMORY, .order = 1, .breaks = true},
                   {.limit = LIMIT_LATENCY, .order = 2, .breaks = true},
                   {.limit = LIMIT_QUEUE, .order = 2, .breaks = true},
                   {.limit = LIMIT_ERRORS, .order = 3}},
        .limit_count = 4,
    };
    struct text out = {0};

    limit_phrase_order(&out, &backend);
    text_add(&out, " / ");
    limit_phrase_first_names(&out, &backend);
    text_add(&out, " / ");
    limit_phrase_order(&out, NULL);
    assert_string_equal(out.data, "memory, then latency and queue / memory / -");
    text_release(&out);
}

static void check_what_decides(const char *percentile, const char *wanted)
{
    struct findings_builder builder;
    struct text limited = {0}, out = {0};
    const char *at = strstr(scenario, "p99");

    text_append(&limited, scenario, (size_t)(at - scenario));
    text_add(&limited, percentile);
    text_add(&limited, at + strlen("p99"));
    builder_init(&builder, limited.data);
    builder_backend(&builder, "go", "Go", "net/http");
    builder_step(&builder, 0,
                 &(struct step_spec){.level = 1000, .verdict = VERDICT_UNDECIDED, .good = 1, .cores = 0.1});
    builder_finish(&builder);
    sentence_write(&out, &builder.findings, &builder.findings.backends[0]);
    if (strstr(out.data, wanted) == NULL) {
        fail_msg("\"%s\" is not in: %s", wanted, out.data);
    }
    text_release(&limited);
    text_release(&out);
    builder_release(&builder);
}

TEST(what_would_decide_is_said_of_the_percentile_that_the_scenario_limits)
{
    check_what_decides("p99", "A verdict on p99 takes 1,000 requests");
    check_what_decides("p90", "A verdict on p90 takes 100 requests");
    check_what_decides("p999", "A verdict on p99.9 takes 10,000 requests");
}

TEST(an_estimate_at_an_end_of_its_interval_is_not_rounded_out_of_it)
{
    struct findings_builder builder;
    struct text out = {0};
    const struct limit_capacity at_low = {.capacity = 26909, .low = 26908, .high = 29344};
    const struct limit_capacity inside = {.capacity = 27349, .low = 26908, .high = 29344};

    builder_init(&builder, scenario);
    builder_climbs(&builder, "go ppb");
    builder_finish(&builder);
    limit_phrase_load(&out, &builder.findings.scenario, &at_low);
    assert_string_equal(out.data, "26,908/s (26,908 to 29,344)");
    text_clear(&out);
    limit_phrase_load(&out, &builder.findings.scenario, &inside);
    assert_string_equal(out.data, "27,300/s (26,908 to 29,344)");
    text_release(&out);
    builder_release(&builder);
}
