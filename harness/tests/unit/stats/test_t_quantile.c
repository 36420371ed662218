#include "stats/t_quantile.h"

#include "test.h"

#include <math.h>

TEST(whole_degrees_of_freedom_are_those_of_any_table)
{
    static const struct {
        double freedom, t;
    } known[] = {{1, 12.706}, {2, 4.303}, {5, 2.571}, {10, 2.228}, {19, 2.093}, {30, 2.042}, {60, 2.000}, {120, 1.980}};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        assert_true(fabs(t_quantile(known[i].freedom) - known[i].t) < 1e-9);
    }
}

/* By mpmath, from the incomplete beta function. */
TEST(those_between_are_close_and_never_too_narrow)
{
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

TEST(fewer_are_as_good_as_one)
{
    assert_true(t_quantile(0.5) == t_quantile(1));
}
