/* Holds a pod's namespaces: waits to be told to end, and reaps what it adopts. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void finish(int signal) { (void)signal; _exit(0); }
static void reap(int signal) { (void)signal; while (waitpid(-1, NULL, WNOHANG) > 0) { } }

int main(void)
{
    signal(SIGINT, finish);
    signal(SIGTERM, finish);
    signal(SIGCHLD, reap);
    for (;;)
        pause();
}
