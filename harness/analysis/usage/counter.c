#include "analysis/usage/counter.h"

uint64_t counter_growth(uint64_t from, uint64_t to)
{
    return to > from ? to - from : 0;
}

double counter_amount(uint64_t from, uint64_t to)
{
    return (double)counter_growth(from, to);
}
