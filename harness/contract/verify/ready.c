#include "contract/verify/ready.h"

#include "base/clock.h"
#include "base/units.h"
#include "contract/verify/client.h"

#include <stdio.h>

#define FIRST_PAUSE_NS (2 * CLOCK_MILLISECOND_NS)
#define LAST_PAUSE_NS  (50 * CLOCK_MILLISECOND_NS)

/* A service that takes a connection before it can serve it may respond late or never: one try must not take long.
 */
#define TRY_NS CLOCK_SECOND_NS

static bool is_ready(struct client *client, const char *path, char *last, size_t size)
{
    struct call call = {.method = "GET", .path = path};
    struct call_response response;

    client_call(client, &call, &response);
    bool ready = response.failure[0] == '\0' && response.status / 100 == 2;
    if (response.failure[0] != '\0') {
        snprintf(last, size, "%s", response.failure);
    } else {
        snprintf(last, size, "status %ld", response.status);
    }
    call_response_release(&response);
    return ready;
}

static uint64_t pause_ns(uint64_t waited_ns)
{
    uint64_t pause = waited_ns / 50;
    if (pause < FIRST_PAUSE_NS) {
        return FIRST_PAUSE_NS;
    }
    return pause > LAST_PAUSE_NS ? LAST_PAUSE_NS : pause;
}

static int ask_until_ready(struct client *client, const struct verify_wait *wait, uint64_t *ret_ready_ns,
                           struct error *err)
{
    uint64_t start_ns = clock_now_ns();
    char last[256] = "nothing was asked";
    char waited[UNITS_TEXT];

    while (clock_now_ns() - start_ns < wait->timeout_ns) {
        if (is_ready(client, wait->path, last, sizeof last)) {
            *ret_ready_ns = clock_now_ns();
            return 0;
        }
        if (wait->alive != NULL && !wait->alive(wait->service)) {
            return error_failed(err, "the service ended before it was ready");
        }
        clock_sleep_ns(pause_ns(clock_now_ns() - start_ns));
    }
    units_write_duration(waited, wait->timeout_ns);
    return error_failed(err, "GET %s was not answered with a 2xx within %s: %s", wait->path, waited, last);
}

int verify_ready(const char *base_url, const struct verify_wait *wait, uint64_t *ret_ready_ns, struct error *err)
{
    struct client *client = client_new(base_url, wait->timeout_ns < TRY_NS ? wait->timeout_ns : TRY_NS, err);

    if (client == NULL) {
        return -1;
    }
    int status = ask_until_ready(client, wait, ret_ready_ns, err);
    client_free(client);
    return status;
}
