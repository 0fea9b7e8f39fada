using System.CommandLine;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Agent.Steps;
using PatchOperator.Contract;

namespace PatchOperator.Agent.ByHand;

/// <summary>
/// <c>patch-agent scan</c>, <c>stage</c>, <c>patch</c>, <c>reboot</c>, <c>verify</c> and <c>rollback</c>: steps by hand, as root, on any machine, also without
/// Kubernetes.
/// </summary>
internal static class HandCommands
{
    private const string ExitCodes = """
        Progress goes to standard error, what was found to standard output.
        Exit codes: 0 done; 10 nothing to do; 20 precondition failed, nothing touched; 30 package manager failed; 40 verification failed;
        others are faults of the agent.
        """;

    private static readonly Option<DirectoryInfo> Root = new("--root")
    {
        Description = "Where the root file system is that is meant: that of a mounted disk, or of this machine.",
        DefaultValueFactory = _ => new DirectoryInfo("/"),
    };

    private static readonly Option<bool> NoRefresh = new("--no-refresh") { Description = "Go by the package lists that are there, however old." };

    private static readonly Option<int> Timeout = new("--timeout")
    {
        Description = "How long it may take, in seconds, waiting for locks included.",
        DefaultValueFactory = _ => 3600,
    };

    private static readonly Option<int> InitPid = new("--init-pid") { DefaultValueFactory = _ => AgentOptions.DefaultInitPid, Hidden = true };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Find out whether it can be installed, and what it would change; install nothing.",
    };

    private static readonly Option<bool> Security = new("--security") { Description = "Of what is pending, the security updates." };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Keep what is replaced, for patch-agent rollback." };

    private static readonly Option<bool> RemoveOldKernels = new("--remove-old-kernels")
    {
        Description = "First remove kernels that nothing needs any more, never the one that runs.",
    };

    private static readonly Option<string[]> AllowRemoval = new("--allow-removal")
    {
        Description = "A package that may be removed where an update cannot be installed beside it; as often as there are such.",
        HelpName = "NAME",
    };

    private static readonly Option<long?> Bandwidth = new("--bandwidth") { Description = "How many bytes a second it downloads at most." };

    private static readonly Argument<string[]> Updates = MakeUpdates(
        "What to install, at exactly these versions. None: all that is pending and can be installed.");

    private static readonly Argument<string[]> Installed = MakeUpdates("What is to be installed, at these versions or later ones.");

    private static readonly Option<string> Format = MakeFormat();

    /// <param name="run">Runs with a token that is cancelled when the process is told to stop.</param>
    public static IEnumerable<Command> Make(Func<Func<CancellationToken, Task<int>>, CancellationToken, Task<int>> run)
    {
        var scan = new Command("scan", $"""
            Finds out what is installed, pending and held, and whether a reboot is due. Changes nothing but the package lists.
              patch-agent scan
              patch-agent scan --root /mnt/disk --format json
            {ExitCodes}
            """) { Root, Format, NoRefresh, Timeout, InitPid };
        On(scan, (arguments, stop) => PerformAsync(arguments, AgentStep.Scan, [], stop));
        var stage = new Command("stage", $"""
            Downloads updates, so that a patch has only to install them, and finds out what would stop it. Installs nothing.
              patch-agent stage --security
              patch-agent stage --bandwidth 5000000 openssl=3.0.17-1~deb12u2
            {ExitCodes}
            """) { Updates, Root, Format, NoRefresh, Timeout, InitPid, Security, Bandwidth, AllowRemoval };
        On(stage, (arguments, stop) => PerformAsync(arguments, AgentStep.Stage, Named(arguments, Updates), stop));
        var patch = new Command("patch", $"""
            Installs updates, and nothing else: what would change anything that is not named is refused.
              patch-agent patch --dry-run --security
              patch-agent patch openssl=3.0.17-1~deb12u2 libssl3=3.0.17-1~deb12u2
              patch-agent patch --keep --allow-removal oldapp libfoo=2.0
            {ExitCodes}
            """) { Updates, Root, Format, NoRefresh, Timeout, InitPid, DryRun, Security, Keep, RemoveOldKernels, AllowRemoval };
        On(patch, (arguments, stop) => PerformAsync(arguments, AgentStep.Patch, Named(arguments, Updates), stop));
        var reboot = new Command("reboot", $"""
            Reboots the machine, as its own init does.
              patch-agent reboot
            {ExitCodes}
            """) { Root, Format, Timeout, InitPid };
        On(reboot, (arguments, stop) => PerformAsync(arguments, AgentStep.Reboot, [], stop));
        var verify = new Command("verify", $"""
            Scans, and fails where packages are not whole or one that is named is not installed.
              patch-agent verify openssl=3.0.17-1~deb12u2
            {ExitCodes}
            """) { Installed, Root, Format, NoRefresh, Timeout, InitPid };
        On(verify, (arguments, stop) => PerformAsync(arguments, AgentStep.Verify, Named(arguments, Installed), stop));
        var rollback = new Command("rollback", $"""
            Brings back what the last patch --keep has changed, and nothing else.
              patch-agent rollback
            {ExitCodes}
            """) { Root, Format, Timeout, InitPid };
        On(rollback, (arguments, stop) => PerformAsync(arguments, AgentStep.Rollback, [], stop));
        return [scan, stage, patch, reboot, verify, rollback];

        void On(Command command, Func<ParseResult, CancellationToken, Task<(AgentReport? Report, int Code)>> perform) =>
            command.SetAction((arguments, cancellation) => run(async stop => Tell(arguments, await perform(arguments, stop)), cancellation));
    }

    private static Argument<string[]> MakeUpdates(string description)
    {
        var updates = new Argument<string[]>("NAME=VERSION") { Description = description, Arity = ArgumentArity.ZeroOrMore };
        updates.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(token => token.Value).Where(word => Parse(word) is null))
                result.AddError($"'{word}' is not NAME=VERSION, such as openssl=3.0.17-1~deb12u2");
        });
        return updates;
    }

    private static Option<string> MakeFormat()
    {
        var format = new Option<string>("--format") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        return format;
    }

    private static async Task<(AgentReport? Report, int Code)> PerformAsync(
        ParseResult arguments, AgentStep step, List<ApprovedUpdate> updates, CancellationToken stop)
    {
        var options = new AgentOptions(
            arguments.GetRequiredValue(Root).FullName, AgentOptions.DefaultTerminationLog, arguments.GetRequiredValue(InitPid));
        var removable = arguments.GetValue(AllowRemoval) is { Length: > 0 } names ? names : null;
        var request = new AgentRequest
        {
            Step = step,
            Operation = HandOperation.Plain,
            Updates = [.. updates.Select(update => update with { Removes = removable })],
            Removable = removable ?? [],
            Pending = updates.Count > 0 || step is not (AgentStep.Stage or AgentStep.Patch) ? null
                : arguments.GetValue(Security) ? PendingChoice.Security
                : PendingChoice.All,
            RefreshPackageLists = !arguments.GetValue(NoRefresh),
            TimeoutSeconds = arguments.GetRequiredValue(Timeout),
            DryRun = arguments.GetValue(DryRun),
            KeepReplaced = arguments.GetValue(Keep),
            RemoveOldKernels = arguments.GetValue(RemoveOldKernels),
            StagingBytesPerSecond = arguments.GetValue(Bandwidth),
            DropStaged = false,
        };
        AgentReport? report = null;
        var run = new AgentRun(options, TimeProvider.System, found => report = found, new Progress(Console.Error, TimeProvider.System));
        var operation = HandOperation.Of(request, new HostRoot(options.HostRoot));
        var code = await run.RunAsync(RequestReader.Write(request with { Operation = operation }), stop);
        return (report, code);
    }

    private static int Tell(ParseResult arguments, (AgentReport? Report, int Code) end)
    {
        if (end.Report is { } report)
            Console.Out.Write(arguments.GetRequiredValue(Format) == "json" ? ReportFormat.Document(report) + "\n" : ReportTable.Of(report));
        return end.Code;
    }

    private static List<ApprovedUpdate> Named(ParseResult arguments, Argument<string[]> updates) =>
        [.. (arguments.GetValue(updates) ?? []).Select(Parse).OfType<ApprovedUpdate>()];

    private static ApprovedUpdate? Parse(string word) =>
        word.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } version] ? new ApprovedUpdate(name, version) : null;
}
