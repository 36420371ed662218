#include "host/proc/proc_abilities.h"

#include "base/clock.h"
#include "host/proc/proc_reader.h"
#include "host/proc/proc_text.h"

#include <fcntl.h>
#include <sys/stat.h>

/* A kernel without these statistics shows three zeros. So may one with them, for a thread that has just begun; sleeping
 * brings its figures up to date. */
static bool has_schedstat(struct proc_reader *reader)
{
    struct proc_schedstat schedstat;

    for (int i = 0; i < 2; i++) {
        if (proc_reader_read_once(reader, AT_FDCWD, "/proc/thread-self/schedstat") > 0 &&
            proc_text_schedstat(reader->buffer, &schedstat) == 0 && schedstat.cpu_ns > 0) {
            return true;
        }
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    return false;
}

struct proc_abilities proc_abilities_find(void)
{
    struct proc_abilities abilities = {0};
    struct proc_reader reader;
    struct stat file_descriptors;

    proc_reader_init(&reader, 4096, 0);
    abilities.schedstat = has_schedstat(&reader);
    abilities.children = proc_reader_read_once(&reader, AT_FDCWD, "/proc/thread-self/children") >= 0;
    abilities.counts_file_descriptors = stat("/proc/self/fd", &file_descriptors) == 0 && file_descriptors.st_size > 0;
    proc_reader_release(&reader);
    return abilities;
}
