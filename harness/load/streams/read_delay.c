#include "load/streams/read_delay.h"

/* A poll that came back so soon may not have waited. */
#define AT_ONCE_NS 100000

void read_delay_turn(struct read_delay *delay, uint64_t now_ns, uint64_t poll_ns)
{
    delay->before_ns = delay->first_ns != 0 ? delay->first_ns : now_ns;
    delay->poll_ns = poll_ns;
    delay->first_ns = 0;
}

uint64_t read_delay_of(struct read_delay *delay, uint64_t now_ns)
{
    if (delay->first_ns == 0) {
        delay->first_ns = now_ns;
        delay->from_ns = now_ns < delay->poll_ns + AT_ONCE_NS ? delay->before_ns : now_ns;
    }
    return now_ns > delay->from_ns ? now_ns - delay->from_ns : 0;
}
