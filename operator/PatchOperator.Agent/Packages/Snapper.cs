using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages;

/// <summary>
/// snapper(8) of a host of rpm packages, where it keeps snapshots of the root. Without D-Bus, which an update may be about to replace. What it does not do, or
/// not in time, is said, and does not stop a step: packages come back without it.
/// </summary>
internal sealed class Snapper
{
    /// <summary>The number of what is there now.</summary>
    public const int Now = 0;

    private const string Configuration = "/etc/snapper/configs/root";

    /// <summary>In the user data of our snapshots: numbers are given again after somebody has deleted them.</summary>
    private const string Mark = "patchoperator";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HostCommands commands;
    private readonly Progress progress;

    private Snapper(HostCommands commands, Progress progress) => (this.commands, this.progress) = (commands, progress);

    /// <summary>Whether there is a snapshot of before the operation: else that of zypper's own plugin is better than none.</summary>
    public bool HasBefore { get; set; }

    /// <summary>Null where the root has no configuration of the usual name.</summary>
    public static Snapper? Of(HostCommands commands, Progress progress) =>
        commands.Root.FileExists(Configuration)
        && File.ReadLines(commands.Root.Locate(Configuration)).Any(line => line.Trim() is "SUBVOLUME=\"/\"" or "SUBVOLUME=/")
            ? new Snapper(commands, progress)
            : null;

    /// <returns>The number of the snapshot, which snapper's own cleanup takes away, as it does those of zypper's plugin; null where there is none.</returns>
    public Task<int?> BeforeAsync(string operation, Deadline deadline) => CreateAsync(operation, ["--type", "pre"], deadline);

    /// <param name="operation">As before.</param>
    /// <param name="before">The number of the snapshot before; it has one after it at most.</param>
    /// <param name="deadline">The step's.</param>
    public Task<int?> AfterAsync(string operation, int before, Deadline deadline) =>
        CreateAsync(operation, ["--type", "post", "--pre-number", $"{before}"], deadline);

    public Task DeleteAsync(int number, Deadline deadline) => RunAsync(["delete", $"{number}"], deadline);

    /// <summary>Whether all of these are still there, and are those of the operation.</summary>
    public async Task<bool> HasAsync(string operation, IReadOnlyList<int> numbers, Deadline deadline)
    {
        var list = (await RunAsync(["--csvout", "list", "--columns", "number,userdata"], deadline))?.Split('\n') ?? [];
        return numbers.All(number => list.Any(
            line => line.StartsWith($"{number},", StringComparison.Ordinal) && line.Split([',', ' ', '"']).Contains($"{Mark}={operation}")));
    }

    /// <summary>The files that differ between two snapshots.</summary>
    /// <returns>Null where snapper does not say.</returns>
    public async Task<IReadOnlySet<string>?> ChangedAsync(int from, int to, Deadline deadline) =>
        (await RunAsync(["status", $"{from}..{to}"], deadline))?.Split('\n')
            .Where(line => line.Contains(' ', StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
            .ToHashSet();

    /// <summary>The files that packages call configuration, of those that are installed.</summary>
    public async Task<IReadOnlySet<string>> ConfigurationAsync(IEnumerable<string> packages, Deadline deadline)
    {
        var result = await commands.RunAsync(new HostCommand("rpm", ["-q", "--configfiles", "--", .. packages]), deadline.Token);
        return result.Output.Split('\n').Where(line => line.StartsWith('/')).ToHashSet();
    }

    /// <param name="before">The number of the snapshot before.</param>
    /// <param name="after">The number of the one after it.</param>
    /// <param name="list">A file of the host with those that are to be as they were before, one a line.</param>
    public static HostCommand Undo(int before, int after, string list) => Command(["undochange", "--input", list, $"{before}..{after}"]);

    private static HostCommand Command(IEnumerable<string> arguments) => new("snapper", ["--no-dbus", "--config", "root", .. arguments]);

    /// <summary>Important ones stay longer: as long as those of new kernels.</summary>
    private async Task<int?> CreateAsync(string operation, IEnumerable<string> type, Deadline deadline)
    {
        var said = await RunAsync(
            [
                "create", .. type, "--print-number", "--cleanup-algorithm", "number", "--description", "PatchOperator",
                "--userdata", $"important=yes,{Mark}={operation}",
            ],
            deadline);
        return int.TryParse(said, out var number) ? number : null;
    }

    private async Task<string?> RunAsync(IReadOnlyList<string> arguments, Deadline deadline)
    {
        using var limit = deadline.Grace(deadline.Remaining < Patience ? deadline.Remaining : Patience);
        try
        {
            var result = await commands.RunAsync(Command(arguments), limit.Token);
            if (result.Succeeded)
                return result.Output;
            progress.Say($"snapper {string.Join(' ', arguments)}: {result.Complaint}");
        }
        catch (HostCommandException error)
        {
            progress.Say(error.Message);
        }
        catch (OperationCanceledException) when (limit.Expired)
        {
            progress.Say($"snapper {string.Join(' ', arguments)}: it did not end in time");
        }

        return null;
    }
}
