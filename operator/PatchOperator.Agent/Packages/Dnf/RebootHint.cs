using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>What <c>dnf needs-restarting --reboothint</c> says: which packages that only a reboot brings into use have come since the boot.</summary>
internal static class RebootHint
{
    public static RebootFinding Read(CommandResult result)
    {
        if (result.Succeeded || DnfMessages.IsUnknownCommand(result.Errors))
            return RebootFinding.No;
        var names = result.Output.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("* ", StringComparison.Ordinal))
            .Select(line => line[2..])
            .ToList();
        return names.Count > 0
            ? RebootFinding.Due($"dnf needs-restarting names {string.Join(", ", names)}, newer than the boot")
            : RebootFinding.Unknown($"dnf needs-restarting failed: {result.Complaint}");
    }
}
