#include "base/clock.h"
#include "plan/plan.h"
#include "plan/scenario/scenario.h"
#include "plan/traffic/session_description.h"

#include "test.h"

#include <math.h>
#include <string.h>

#define CASES TESTS_FOLDER "/cases/scenario/valid/"
#define S     CLOCK_SECOND_NS

static struct scenario read_case(const char *name)
{
    struct scenario scenario;
    struct error err = {0};
    struct text file = {0};

    text_format(&file, CASES "%s/case.json", name);
    if (scenario_read(&scenario, file.data, &err) != 0) {
        fail_msg("%s", err.message);
    }
    text_release(&file);
    return scenario;
}

static const struct value *value_called(const struct traffic *traffic, const char *name)
{
    for (size_t i = 0; i < traffic->value_count; i++) {
        if (strcmp(traffic->values[i].name, name) == 0) {
            return &traffic->values[i];
        }
    }
    fail_msg("no value is called %s", name);
    return NULL;
}

TEST(what_is_given_of_a_session_is_taken)
{
    struct scenario scenario = read_case("sessions-everything");
    const struct traffic *traffic = &scenario.traffic;
    const struct user_session *shopper = &traffic->sessions[0];

    assert_int_equal(scenario.doubling, DOUBLING_SESSIONS);
    assert_int_equal(scenario.sessions_most, 1000000);
    assert_int_equal(scenario.connections_most, 64);
    assert_int_equal(traffic->session_count, 2);
    assert_string_equal(shopper->name, "shopper");
    assert_int_equal(shopper->weight, 3);
    assert_int_equal(shopper->value_count, 1);
    assert_string_equal(traffic->values[shopper->values[0]].name, "user");
    assert_int_equal(shopper->step_count, 4);
    assert_string_equal(traffic->requests[shopper->steps[3].request].name, "buy");
    assert_true(shopper->steps[0].chance == 1 && shopper->steps[3].chance == 0.3);
    assert_true(shopper->steps[1].goes_on && !shopper->steps[2].goes_on && !shopper->steps[3].goes_on);
    assert_int_equal(shopper->steps[1].think.kind, THINK_EXPONENTIAL);
    assert_int_equal(shopper->steps[1].think.low_ns, 2 * S);
    assert_int_equal(shopper->steps[2].think.kind, THINK_UNIFORM);
    assert_int_equal(shopper->steps[2].think.high_ns, 3 * S);
    scenario_release(&scenario);
}

TEST(captures_become_values_and_requests_keep_what_they_are_taken_from)
{
    struct scenario scenario = read_case("sessions-everything");
    const struct traffic *traffic = &scenario.traffic;
    const struct session_step *login = &traffic->sessions[0].steps[0];

    assert_int_equal(login->capture_count, 3);
    assert_string_equal(login->captures[0].pointer, "/data/access_token");
    assert_string_equal(login->captures[1].header, "Location");
    assert_true(login->captures[1].path && !login->captures[0].path);
    assert_true(login->captures[2].number);
    assert_int_equal(login->captures[0].value, traffic->sessions[1].steps[1].captures[0].value); /* the same token */
    assert_int_equal(value_called(traffic, "token")->scope, VALUE_OF_SESSION);
    assert_true(value_is_number(value_called(traffic, "id")) && !value_is_number(value_called(traffic, "token")));
    assert_int_equal(value_called(traffic, "word")->scope, VALUE_OF_REQUEST);
    assert_true(traffic->requests[0].keep_body && traffic->requests[0].keep_head);
    assert_true(!traffic->requests[1].keep_body && !traffic->requests[1].keep_head);
    assert_true(traffic->requests[5].keep_head && !traffic->requests[5].keep_body);
    scenario_release(&scenario);
}

TEST(a_user_sends_as_much_in_the_mean_as_weights_and_chances_say)
{
    struct scenario scenario = read_case("sessions-everything");
    const struct traffic *traffic = &scenario.traffic;

    /* 3 of 4 take 3.3 steps, 1 of 4 takes 3. */
    assert_true(fabs(user_session_requests(traffic->sessions, 2) - (0.75 * 3.3 + 0.25 * 3)) < 1e-12);
    assert_true(fabs(user_session_requests_of(traffic->sessions, 2, 1) - 1) < 1e-12);          /* list: both kinds */
    assert_true(fabs(user_session_requests_of(traffic->sessions, 2, 3) - 0.75 * 0.3) < 1e-12); /* buy */
    assert_true(fabs(traffic_share(traffic, 3) - 0.75 * 0.3 / (0.75 * 3.3 + 0.75)) < 1e-12);
    scenario_release(&scenario);
}

TEST(a_step_of_a_plan_has_users_and_what_they_send_in_the_mean)
{
    struct scenario scenario = read_case("sessions");
    struct plan plan;

    plan_make(&plan, &scenario, &(struct plan_options){.backend_count = 1, .trial_count = 1});
    assert_int_equal(plan.steps[2].level, 40);
    assert_int_equal(plan.steps[2].users, 40);
    assert_int_equal(plan.steps[2].rate, 52); /* 1.3 requests each */
    assert_int_equal(plan.steps[2].connections, 0);
    plan_release(&plan);
    scenario_release(&scenario);
}

/* Only then are users of all steps there. */
TEST(no_warm_up_is_shorter_than_users_think)
{
    struct scenario scenario = read_case("sessions-everything");
    uint64_t think_ns = user_session_think_ns(scenario.traffic.sessions, 2);
    struct plan plan;

    /* 2 s exponential and 1 s to 3 s: 4 s, and twice the root of 2^2 + 2^2 / 12. */
    assert_true(fabs((double)think_ns / S - (4 + 2 * sqrt(4 + 1.0 / 3))) < 1e-6);
    plan_make(&plan, &scenario, &(struct plan_options){.backend_count = 1, .trial_count = 1, .profile = PROFILE_QUICK});
    for (size_t i = 0; i < plan.step_count; i++) {
        assert_int_equal(plan.steps[i].warmup_ns, think_ns);
    }
    plan_release(&plan);
    scenario.traffic.sessions[0].steps[1].think = scenario.traffic.sessions[0].steps[2].think = (struct think){0};
    plan_make(&plan, &scenario, &(struct plan_options){.backend_count = 1, .trial_count = 1});
    assert_int_equal(plan.steps[1].warmup_ns, S);
    plan_release(&plan);
    scenario_release(&scenario);
}

TEST(a_session_is_described_in_one_line)
{
    struct scenario scenario = read_case("sessions-everything");
    struct text out = {0};

    session_describe(&scenario.traffic, &scenario.traffic.sessions[0], &out);
    assert_string_equal(out.data, "shopper (75 % of users): login; list after 2.00 s (exponential);"
                                  " show after 1.00 s to 3.00 s; buy (30 %)");
    text_release(&out);
    scenario_release(&scenario);
}

TEST(a_plan_says_what_users_do_and_how_much_they_send)
{
    struct scenario scenario = read_case("sessions");
    struct text out = {0};
    struct plan plan;

    plan_make(&plan, &scenario, &(struct plan_options){.backend_count = 1, .trial_count = 1});
    plan_describe(&plan, &scenario, &out);
    assert_non_null(strstr(out.data, "open load, poisson arrivals; the users per second double, each walks a session\n"
                                     "  shopper: login; list after 2.00 s (30 %)\n"
                                     "a user sends 1.3 requests in the mean; at most 100,000 sessions are under way at "
                                     "once\n"));
    assert_non_null(strstr(out.data, "step       users/s        requests"));
    text_release(&out);
    plan_release(&plan);
    scenario_release(&scenario);
}
