using System.Text.RegularExpressions;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Says why apt would not install an update.</summary>
/// <param name="commands">Of the host.</param>
/// <param name="offers">What archives offer.</param>
/// <param name="installed">What is installed.</param>
/// <param name="phased">What its maker gives to other hosts first.</param>
/// <param name="broken">Whether apt refuses to do anything.</param>
/// <param name="ways">Told what would have to go for an update.</param>
internal sealed partial class AptObstacles(
    HostCommands commands, AptOffers offers, IReadOnlyList<InstalledPackage> installed, IReadOnlyList<string> phased, bool broken, RemovalWays ways)
    : Obstacles(DebianNames.Refusal, "apt-get upgrade keeps it back")
{
    private readonly HashSet<string> held = [.. installed.Where(package => package.Held).Select(package => package.Name)];
    private string? defaultRelease;

    protected override async Task<string> ExplainAsync(PendingUpdate update, Deadline deadline)
    {
        var policy = offers.Policy(update.Name)!;
        if (DebianVersions.Order.Compare(policy.Candidate, update.Candidate) < 0 || DebianVersions.Order.Compare(policy.Candidate, update.Installed) < 0)
            return await ExplainPreferenceAsync(update, policy, deadline);
        if (broken)
            return "apt does nothing on this host until broken packages are mended";
        if (phased.Contains(update.Name))
            return Phased;
        return await SimulateAsync(() => SimulateAsync(update, deadline));
    }

    /// <summary>apt would rather have another version.</summary>
    private async Task<string> ExplainPreferenceAsync(PendingUpdate update, AptPolicy policy, Deadline deadline)
    {
        if (DebianVersions.Order.Compare(policy.Candidate, update.Installed) < 0)
            return policy.Candidate.Length == 0 ? "pinned so that no version may be installed" : $"pin prefers the older {policy.Candidate}";
        var (offered, preferred) = (policy.Versions[update.Candidate], policy.Versions[policy.Candidate]);
        if (offered.IsPinned)
            return offered.IsPhased ? Phased : $"pinned at {offered.Priority}";
        if (preferred.IsPinned)
            return $"pinned at {policy.Candidate}";
        defaultRelease ??= (await commands.ReadAsync(AptCommands.DefaultRelease, deadline.Token)).Trim();
        return defaultRelease.Length > 0 && preferred.Priority >= 990
            ? $"APT::Default-Release prefers {defaultRelease}"
            : $"its archive has priority {offered.Priority}, below the {preferred.Priority} of {policy.Candidate}";
    }

    /// <summary>What would have to happen besides, apt only says when it is asked for this very update.</summary>
    private async Task<string> SimulateAsync(PendingUpdate update, Deadline deadline)
    {
        var result = await commands.RunAsync(AptCommands.SimulateInstall([new ApprovedUpdate(update.Name, update.Candidate)]), deadline.Token);
        if (!result.Succeeded)
            return Unmet(result) is { Length: > 0 } unmet
                ? $"cannot be met: {unmet}{Holds(unmet)}"
                : $"apt finds no way to install it: {string.Join("; ", AptMessages.Errors(result.Errors))}";
        var simulation = AptSimulation.Parse(result.Output);
        if (simulation.Removals.Count > 0)
            return await ExplainRemovalsAsync(simulation, deadline)
                + await ways.AddAsync(update, simulation.Removals, [.. simulation.Installs.Select(install => (install.Name, install.To))]);
        return simulation.Installs.FirstOrDefault(install => install.From.Length == 0) is { } fresh
            ? $"needs the new package {fresh.Name}"
            : offers.Policy(update.Name)!.Versions[update.Candidate].IsPhased ? Phased : Kept;
    }

    /// <summary>What goes because the new packages say so is told from what goes because it needs the old one.</summary>
    private async Task<string> ExplainRemovalsAsync(AptSimulation simulation, Deadline deadline)
    {
        var unwanted = (await commands.ReadAsync(AptCommands.Show(simulation.Installs), deadline.Token)).Split("\n\n").Select(AptStanza.Parse)
            .SelectMany(
                stanza => $"{stanza.GetValueOrDefault("Conflicts")},{stanza.GetValueOrDefault("Breaks")}".Split(',')
                    .Select(relation => RelationName().Match(relation).Value.Trim()))
            .ToHashSet();
        var removals = simulation.Removals.ToLookup(name => unwanted.Contains(name.Split(':')[0]));
        return string.Join(" and ", new[] { List("would break", removals[false]), List("needs the removal of", removals[true]) }.OfType<string>());
    }

    private static string? List(string what, IEnumerable<string> names) => names.ToList() is { Count: > 0 } list ? $"{what} {string.Join(", ", list)}" : null;

    private string Holds(string unmet) =>
        string.Concat(held.Where(name => unmet.Contains($" {name} ", StringComparison.Ordinal)).Select(name => $"; {name} is on hold"));

    private static string Unmet(CommandResult result) => string.Join(
        "; ",
        result.Output.Split('\n').SkipWhile(line => line != "The following packages have unmet dependencies:").Skip(1).TakeWhile(line => line.StartsWith(' '))
            .Select(line => Spaces().Replace(line.Trim(), " ")));

    [GeneratedRegex(@"^\s*[^\s(:]+")]
    private static partial Regex RelationName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
