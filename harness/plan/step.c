#include "plan/step.h"

uint64_t step_share(uint64_t amount, unsigned thread, unsigned threads)
{
    return amount / threads + (thread < amount % threads);
}
