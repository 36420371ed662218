#include "stats/t_quantile.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void whole_degrees_of_freedom_are_those_of_any_table(void **state)
{
    (void)state;
    static const struct {
        double freedom, t;
    } known[] = {{1, 12.706}, {2, 4.303}, {5, 2.571}, {10, 2.228}, {19, 2.093}, {30, 2.042}, {60, 2.000}, {120, 1.980}};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        assert_true(fabs(t_quantile(known[i].freedom) - known[i].t) < 1e-9);
    }
}

/* By mpmath, from the incomplete beta function. */
static void those_between_are_close_and_never_too_narrow(void **state)
{
    (void)state;
    static const struct {
        double freedom, t;
    } known[] = {{1.5, 6.01666}, {2.5, 3.57466}, {3.5, 2.94009}, {7.5, 2.33304},
                 {22, 2.07387},  {35, 2.03011},  {80, 1.99006},  {1000, 1.96234}};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        double t = t_quantile(known[i].freedom);
        print_message("%6.1f: %.4f against %.4f\n", known[i].freedom, t, known[i].t);
        assert_true(t > known[i].t - 5e-4);
        assert_true(t < known[i].t * (known[i].freedom < 2 ? 1.25 : 1.02));
    }
}

static void fewer_are_as_good_as_one(void **state)
{
    (void)state;
    assert_true(t_quantile(0.5) == t_quantile(1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_degrees_of_freedom_are_those_of_any_table),
        cmocka_unit_test(those_between_are_close_and_never_too_narrow),
        cmocka_unit_test(fewer_are_as_good_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
