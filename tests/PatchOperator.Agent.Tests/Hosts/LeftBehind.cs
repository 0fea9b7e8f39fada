using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>What a life of the agent has left on a host, of which nothing is to stay: looked at around each.</summary>
/// <param name="host">The host, before it.</param>
internal sealed class LeftBehind(RealHost host)
{
    private static readonly string[] Folders = ["tmp", "var/tmp", "run", "var/lib/patch-operator", "var/cache/patch-operator"];

    /// <summary>What packages and package managers keep until the next boot, as each installation by hand does, and systemd's own.</summary>
    private static readonly string[] Others = ["run/reboot-required", "run/zypp", "run/lock", "run/dnf", "run/needrestart", "run/systemd/", "run/log", "run/udev"];

    private readonly HashSet<string> before = Files(host);

    /// <param name="step">What it was asked for.</param>
    /// <param name="keeps">Whether it was asked to remember what it finds or replaces.</param>
    /// <param name="outcome">How it has ended: what has failed is gone on with.</param>
    public AgentOutcome Check(AgentStep step, bool keeps, AgentOutcome outcome)
    {
        var hasFailed = outcome.ExitCode is not ((int)AgentResult.Done or (int)AgentResult.NothingToDo);
        var remembers = keeps || step == AgentStep.Rollback || (step == AgentStep.Patch && hasFailed);
        var left = Files(host).Except(before).Where(file => !IsWanted(file, step, remembers)).Order(StringComparer.Ordinal).ToList();
        Assert.True(left.Count == 0, $"{step} has left {string.Join(", ", left)}\n{outcome.Errors}");
        return outcome;
    }

    private static bool IsWanted(string file, AgentStep step, bool remembers) => file switch
    {
        "var/cache/patch-operator/staged" => step is AgentStep.Scan or AgentStep.Stage,
        // Until the rollback that may come.
        _ when file.EndsWith(".verified", StringComparison.Ordinal) => step == AgentStep.Verify,
        // Its units are called without the dash.
        _ when file.StartsWith("var/lib/patch-operator/", StringComparison.Ordinal) || file.StartsWith("run/patch-operator/", StringComparison.Ordinal)
            || file.Contains("patchoperator", StringComparison.Ordinal) => remembers,
        _ => Others.Any(other => file.StartsWith(other, StringComparison.Ordinal)),
    };

    private static HashSet<string> Files(RealHost host) =>
    [
        .. Folders.Select(folder => host.PathOf(folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
            .Select(file => Path.GetRelativePath(host.Root, file)),
    ];
}
