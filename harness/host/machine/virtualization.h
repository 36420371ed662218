/* virtualization: whether this machine is a virtual one, and whose. */
#ifndef TWOFOLD_HOST_MACHINE_VIRTUALIZATION_H
#define TWOFOLD_HOST_MACHINE_VIRTUALIZATION_H

/* "kvm", "vmware", …; "none" where the machine is known to be real; "hypervisor" where it is virtual and nothing says
 * whose; "unknown". On the heap; the caller frees it. `cpuinfo` is the text of /proc/cpuinfo or NULL; `root` is put
 * before /sys; systemd-detect-virt is asked where it is installed and nothing else helps, and only when `root` is "".
 */
char *virtualization_find(const char *cpuinfo, const char *root);

#endif
