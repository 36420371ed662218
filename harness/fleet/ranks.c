#include "fleet/ranks.h"

#include <stdlib.h>

bool ranks_launched(void)
{
    /* Open MPI's mpirun; MPICH's mpiexec and Slurm's pmi2; Slurm's pmix. */
    static const char *const variables[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"};

    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        if (getenv(variables[i]) != NULL) {
            return true;
        }
    }
    return false;
}

#ifdef TWOFOLD_MPI

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"

#include <mpi.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LOOK_EVERY_NS CLOCK_MILLISECOND_NS

/* What MPICH's launcher has not passed on by the time it is told to end everything, it drops: so long it is given. */
#define PASSED_ON_NS (300 * CLOCK_MILLISECOND_NS)

/* On a host that has lost the others, MPICH asks a launcher that cannot be reached, for ever: the alarm ends this. */
#define ASKED_FOR_S 2

#define MEETING_NS (10 * CLOCK_SECOND_NS)
#define SERVING_NS (200 * CLOCK_MILLISECOND_NS)

/* A message that goes. Its place in the list may change, so that what MPI holds is on the heap. */
struct going {
    MPI_Request request;
    char *data;
};

struct ranks {
    int own, count;
    struct going *going;
    size_t going_count;
    bool comes; /* a message is under way to here: */
    MPI_Request request;
    struct ranks_message coming;
    uint64_t *heard_ns; /* of each rank */
};

#define TEXT_OF(number) #number
#define TEXT(number)    TEXT_OF(number)
#define DOTTED(a, b, c) TEXT(a) "." TEXT(b) "." TEXT(c)

const char *ranks_library(void)
{
#ifdef OPEN_MPI
    return "Open MPI " DOTTED(OMPI_MAJOR_VERSION, OMPI_MINOR_VERSION, OMPI_RELEASE_VERSION);
#elif defined MPICH_VERSION
    return "MPICH " MPICH_VERSION;
#else
    return "MPI " TEXT(MPI_VERSION) "." TEXT(MPI_SUBVERSION);
#endif
}

int ranks_begin(struct ranks **ret_ranks, struct error *err)
{
    int provided = 0, count = 1;

    *ret_ranks = NULL;
    if (!ranks_launched()) {
        return 0;
    }
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS) {
        return error_failed(err, "%s cannot be initialised", ranks_library());
    }
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_size(MPI_COMM_WORLD, &count);
    if (count < 2) {
        MPI_Finalize();
        return 0;
    }
    struct ranks *ranks = mem_new(1, sizeof *ranks);
    ranks->count = count;
    ranks->heard_ns = mem_new((size_t)count, sizeof *ranks->heard_ns);
    MPI_Comm_rank(MPI_COMM_WORLD, &ranks->own);
    *ret_ranks = ranks;
    return 0;
}

/* MPICH's launcher ends the others where one ends them; that one has ended without them it takes for a reason to wait.
 * Open MPI's ends them in either case, and a rank of it that aborts waits for hosts that are gone. */
#ifndef OPEN_MPI
static void end_others(void)
{
    fflush(NULL);
    clock_sleep_ns(PASSED_ON_NS);
    signal(SIGALRM, SIG_DFL);
    alarm(ASKED_FOR_S);
    MPI_Abort(MPI_COMM_WORLD, 1);
}
#endif

/* MPI_Finalize of MPICH over TCP waits for ever where one rank is through with it while another still connects to it.
 * So all meet first, and each goes on serving the others for a while once it knows that all are there. */
static void meet(void)
{
    MPI_Request request;
    int met = 0, found;
    uint64_t until_ns = clock_now_ns() + MEETING_NS;

    if (MPI_Ibarrier(MPI_COMM_WORLD, &request) != MPI_SUCCESS) {
        return;
    }
    while (clock_now_ns() < until_ns) {
        if (met != 0) {
            MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &found, MPI_STATUS_IGNORE);
        } else if (MPI_Test(&request, &met, MPI_STATUS_IGNORE) == MPI_SUCCESS && met != 0) {
            until_ns = clock_now_ns() + SERVING_NS;
        }
        clock_sleep_ns(LOOK_EVERY_NS);
    }
}

void ranks_end(struct ranks *ranks, bool well)
{
    if (ranks == NULL) {
        return;
    }
    if (well) {
        ranks_flush(ranks, 10 * CLOCK_SECOND_NS);
        meet();
        MPI_Finalize();
    }
#ifndef OPEN_MPI
    if (!well) { /* once this process has said what there is to say */
        atexit(end_others);
    }
#endif
    for (size_t i = 0; i < ranks->going_count; i++) {
        free(ranks->going[i].data);
    }
    free(ranks->going);
    free(ranks->coming.data);
    free(ranks->heard_ns);
    free(ranks);
}

unsigned ranks_own(const struct ranks *ranks)
{
    return (unsigned)ranks->own;
}

unsigned ranks_count(const struct ranks *ranks)
{
    return (unsigned)ranks->count;
}

static bool all_gone(struct ranks *ranks)
{
    for (size_t i = ranks->going_count; i-- > 0;) {
        int gone = 0;
        if (MPI_Test(&ranks->going[i].request, &gone, MPI_STATUS_IGNORE) != MPI_SUCCESS || gone != 0) {
            free(ranks->going[i].data);
            ranks->going[i] = ranks->going[--ranks->going_count];
        }
    }
    return ranks->going_count == 0;
}

bool ranks_flush(struct ranks *ranks, uint64_t most_ns)
{
    uint64_t until_ns = clock_now_ns() + most_ns;

    while (!all_gone(ranks)) {
        if (clock_now_ns() >= until_ns) {
            return false;
        }
        clock_sleep_ns(LOOK_EVERY_NS);
    }
    return true;
}

void ranks_send(struct ranks *ranks, unsigned to, int kind, const void *data, size_t length)
{
    struct going going = {.data = mem_new(length + 1, 1)};

    if (length > 0) {
        memcpy(going.data, data, length);
    }
    all_gone(ranks);
    /* NOLINTBEGIN(clang-analyzer-optin.mpi.MPI-Checker): all_gone tests the request, in the list */
    if (MPI_Isend(going.data, (int)length, MPI_BYTE, (int)to, kind, MPI_COMM_WORLD, &going.request) != MPI_SUCCESS) {
        free(going.data);
        return;
    }
    *list_add(ranks->going, ranks->going_count) = going;
    /* NOLINTEND(clang-analyzer-optin.mpi.MPI-Checker) */
}

/* Begins to take the next message, if there is one. */
static void look(struct ranks *ranks)
{
    MPI_Message message;
    MPI_Status status;
    int found = 0, length = 0;

    if (MPI_Improbe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &found, &message, &status) != MPI_SUCCESS ||
        found == 0) {
        return;
    }
    MPI_Get_count(&status, MPI_BYTE, &length);
    ranks->coming = (struct ranks_message){.from = (unsigned)status.MPI_SOURCE,
                                           .kind = status.MPI_TAG,
                                           .data = mem_new((size_t)length + 1, 1),
                                           .length = (size_t)length};
    ranks->comes = MPI_Imrecv(ranks->coming.data, length, MPI_BYTE, &message, &ranks->request) == MPI_SUCCESS;
}

bool ranks_receive(struct ranks *ranks, struct ranks_message *ret_message)
{
    int here = 0;

    all_gone(ranks);
    if (!ranks->comes) {
        look(ranks);
    }
    if (!ranks->comes || MPI_Test(&ranks->request, &here, MPI_STATUS_IGNORE) != MPI_SUCCESS || here == 0) {
        return false;
    }
    ranks->comes = false;
    ranks->heard_ns[ranks->coming.from] = clock_now_ns();
    *ret_message = ranks->coming;
    ranks->coming = (struct ranks_message){0};
    return true;
}

uint64_t ranks_heard_ns(const struct ranks *ranks, unsigned rank)
{
    return ranks->heard_ns[rank];
}

#else

const char *ranks_library(void)
{
    return NULL;
}

int ranks_begin(struct ranks **ret_ranks, struct error *err)
{
    const char *size = getenv("OMPI_COMM_WORLD_SIZE") != NULL ? getenv("OMPI_COMM_WORLD_SIZE") : getenv("PMI_SIZE");

    *ret_ranks = NULL;
    if (ranks_launched() && (size == NULL || atoi(size) > 1)) {
        return error_input(err, "this build of twofold is without MPI: it cannot be one of several processes. Install "
                                "libopenmpi-dev and openmpi-bin (make setup does, where apt has them), and make again");
    }
    return 0;
}

void ranks_end(struct ranks *ranks, bool well)
{
    (void)ranks, (void)well;
}

unsigned ranks_own(const struct ranks *ranks)
{
    (void)ranks;
    return 0;
}

unsigned ranks_count(const struct ranks *ranks)
{
    (void)ranks;
    return 1;
}

void ranks_send(struct ranks *ranks, unsigned to, int kind, const void *data, size_t length)
{
    (void)ranks, (void)to, (void)kind, (void)data, (void)length;
}

bool ranks_receive(struct ranks *ranks, struct ranks_message *ret_message)
{
    (void)ranks, (void)ret_message;
    return false;
}

bool ranks_flush(struct ranks *ranks, uint64_t most_ns)
{
    (void)ranks, (void)most_ns;
    return true;
}

uint64_t ranks_heard_ns(const struct ranks *ranks, unsigned rank)
{
    (void)ranks, (void)rank;
    return 0;
}

#endif
