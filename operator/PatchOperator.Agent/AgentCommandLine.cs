using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using PatchOperator.Agent.ByHand;
using PatchOperator.Agent.Images;
using PatchOperator.Agent.Run;
using PatchOperator.Agent.Steps;
using PatchOperator.Contract;

namespace PatchOperator.Agent;

/// <summary>The command line that people see.</summary>
internal static class AgentCommandLine
{
    private static readonly Option<DirectoryInfo> HostRoot = new("--host-root")
    {
        Description = "Where the host's root file system is mounted; / on the host itself.",
        DefaultValueFactory = _ => new DirectoryInfo(AgentOptions.DefaultHostRoot),
    };

    private static readonly Option<string> TerminationLog = new("--termination-log")
    {
        Description = "The file that gets the report's summary: the container's terminationMessagePath.",
        DefaultValueFactory = _ => AgentOptions.DefaultTerminationLog,
    };

    private static readonly Option<int> InitPid = new("--init-pid")
    {
        Description = "The process whose mapped libraries tell whether a reboot is due.",
        DefaultValueFactory = _ => AgentOptions.DefaultInitPid,
        Hidden = true,
    };

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args) => await Root().Parse(args).InvokeAsync();

    private static RootCommand Root()
    {
        var run = new Command("run", $"""
            Performs the step that the environment variable {AgentRequest.EnvironmentVariable} asks for, as JSON such as
              {Example()}
            Progress goes to standard error, the report to standard output between two marker lines, its summary to the termination log.
            Exit codes: 0 done; 10 nothing to do; 20 precondition failed, nothing touched; 30 package manager failed; 40 verification failed;
            143 told to stop, no report; others are faults of the agent.
            """) { HostRoot, TerminationLog, InitPid };
        run.SetAction((arguments, cancellation) => StoppableAsync(stop => RunAsync(arguments, stop), cancellation));
        var root = new RootCommand(
            """
            Scans, patches, verifies and reboots the host it runs on; builds, tests and scans images.
            Knows nothing of Kubernetes; the operator starts it in Jobs.
              patch-agent scan                        what is installed and pending, and whether a reboot is due
              patch-agent patch --dry-run --security  whether the security updates can be installed
              patch-agent patch --keep                installs all that is pending; patch-agent rollback brings back what was there
            """)
        {
            run,
            ImageCommandLine.Make(StoppableAsync),
        };
        foreach (var command in HandCommands.Make(StoppableAsync))
            root.Add(command);
        return root;
    }

    private static string Example() =>
        """{"step":"Patch","operation":"run1-node1","updates":[{"name":"openssl","version":"3.0.17-1~deb12u2"}]"""
        + ""","refreshPackageLists":true,"timeoutSeconds":3600}""";

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken stop)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var options = new AgentOptions(
            arguments.GetRequiredValue(HostRoot).FullName, arguments.GetRequiredValue(TerminationLog), arguments.GetRequiredValue(InitPid));
        var progress = new Progress(Console.Error, TimeProvider.System);
        var run = new AgentRun(options, TimeProvider.System, new ReportWriter(output, options.TerminationLog, progress).Write, progress);
        return await run.RunAsync(Environment.GetEnvironmentVariable(AgentRequest.EnvironmentVariable), stop);
    }

    private static async Task<int> StoppableAsync(Func<CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var terminated = StopOn(PosixSignal.SIGTERM, stop);
        using var interrupted = StopOn(PosixSignal.SIGINT, stop);
        return await run(stop.Token);
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
}
