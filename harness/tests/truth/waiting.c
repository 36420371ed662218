/* Faults that make requests wait with CPU to spare. */
#include "toy.h"

#include <math.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PLACES = 4, QUEUE_MOST = 40, REFUSAL_US = 300, LOCKED_SLEEP_US = 190, SLOW_MS = 30, TAIL_MS = 80, BURST = 40 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int sleep_locked(long us)
{
    pthread_mutex_lock(&lock);
    toy_sleep((uint64_t)us * US);
    pthread_mutex_unlock(&lock);
    return ANSWER_RIGHT;
}

/* Mostly of CPU, but never all of a core. */
static int burn_locked(long us)
{
    pthread_mutex_lock(&lock);
    toy_burn((uint64_t)us * US);
    toy_sleep(LOCKED_SLEEP_US * US);
    pthread_mutex_unlock(&lock);
    return ANSWER_RIGHT;
}

/* --- a pool ----------------------------------------------------------------------------------------------------------
 */

static sem_t places;
static atomic_int inside;

static void make_pool(long us)
{
    (void)us;
    sem_init(&places, 0, PLACES);
}

static int take_place(long us)
{
    sem_wait(&places);
    toy_sleep((uint64_t)us * US);
    sem_post(&places);
    return ANSWER_RIGHT;
}

/* Who finds too many before him is refused, which is work of its own. */
static int take_place_or_refuse(long us)
{
    int answer = ANSWER_RIGHT;

    if (atomic_fetch_add(&inside, 1) >= QUEUE_MOST) {
        toy_burn(REFUSAL_US * US);
        answer = 503;
    } else {
        take_place(us);
    }
    atomic_fetch_sub(&inside, 1);
    return answer;
}

/* --- queues of exactly one server, of which nobody is kept awake: each request knows when it will have been served ---
 */

static uint64_t free_at_ns;

static int serve_for(uint64_t ns)
{
    pthread_mutex_lock(&lock);
    uint64_t now_ns = toy_now_ns();
    free_at_ns = (free_at_ns > now_ns ? free_at_ns : now_ns) + ns;
    uint64_t done_ns = free_at_ns;
    pthread_mutex_unlock(&lock);
    toy_sleep_until(done_ns);
    return ANSWER_RIGHT;
}

static int serve_exponential(long us)
{
    return serve_for((uint64_t)(-log1p(-toy_uniform()) * (double)us * 1e3));
}

static int serve_constant(long us)
{
    return serve_for((uint64_t)us * US);
}

/* So many may pass at once; others wait for their turn at `rate` a second. */
static int pass_at_rate(long rate)
{
    uint64_t gap_ns = 1000 * MS / (uint64_t)rate;

    pthread_mutex_lock(&lock);
    uint64_t now_ns = toy_now_ns(), earliest_ns = now_ns - BURST * gap_ns;
    free_at_ns = (free_at_ns > earliest_ns ? free_at_ns : earliest_ns) + gap_ns;
    uint64_t pass_ns = free_at_ns;
    pthread_mutex_unlock(&lock);
    if (pass_ns > now_ns) {
        toy_sleep_until(pass_ns);
    }
    return ANSWER_RIGHT;
}

/* --- others ----------------------------------------------------------------------------------------------------------
 */

static void limit_descriptors(long most)
{
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){(rlim_t)most, (rlim_t)most});
}

static int sleep_long(long most)
{
    (void)most;
    toy_sleep(SLOW_MS * MS);
    return ANSWER_RIGHT;
}

/* So many in a thousand are slow, at any load. */
static int be_slow_at_times(long per_mille)
{
    if (toy_uniform() * 1000 < (double)per_mille) {
        toy_sleep(TAIL_MS * MS);
    }
    return ANSWER_RIGHT;
}

/* --- something that it asks, one question after another, over a pair of sockets
 * --------------------------------------- */

static int line[2];

static void be_asked(long us)
{
    char question;

    while (read(line[1], &question, 1) == 1) {
        toy_sleep((uint64_t)us * US);
        if (write(line[1], &question, 1) != 1) {
            break;
        }
    }
    _exit(0);
}

static void start_dependency(long us)
{
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, line) != 0) {
        _exit(9);
    }
    if (fork() == 0) {
        close(line[0]);
        setsid();
        be_asked(us);
    }
    close(line[1]);
}

static int ask(long us)
{
    char question = '?';
    (void)us;

    pthread_mutex_lock(&lock);
    bool answered = write(line[0], &question, 1) == 1 && read(line[0], &question, 1) == 1;
    pthread_mutex_unlock(&lock);
    return answered ? ANSWER_RIGHT : 500;
}

const struct fault toy_waiting[] = {
    {.name = "lock", .work = sleep_locked},
    {.name = "busy-lock", .work = burn_locked},
    {.name = "pool", .prepare = make_pool, .work = take_place},
    {.name = "refusing-pool", .prepare = make_pool, .work = take_place_or_refuse},
    {.name = "exponential", .work = serve_exponential},
    {.name = "constant", .work = serve_constant},
    {.name = "throttle", .work = pass_at_rate},
    {.name = "descriptors", .prepare = limit_descriptors, .work = sleep_long},
    {.name = "backlog", .backlog = 4, .close = true},
    {.name = "tail", .work = be_slow_at_times},
    {.name = "dependency", .prepare = start_dependency, .work = ask},
    {.name = NULL},
};
