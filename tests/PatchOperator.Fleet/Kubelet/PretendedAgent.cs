using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PatchOperator.Contract;

namespace PatchOperator.Fleet.Kubelet;

/// <summary>The reports of an agent on a node where everything goes well.</summary>
/// <param name="packages">How many updates each release of the distribution brings.</param>
internal sealed class PretendedAgent(int packages)
{
    private const int InstalledPackages = 400;

    /// <summary>The distribution's release now; whatever node has an older one has updates pending.</summary>
    public int Release { get; set; } = 1;

    /// <summary>Does to the node what is asked, and says so.</summary>
    public AgentReport Do(AgentRequest request, FakeNode node, DateTimeOffset started, DateTimeOffset finished)
    {
        var changed = request.Step == AgentStep.Patch ? Install(node) : [];
        var (result, reason) = (request.Step, changed.Count) switch
        {
            (AgentStep.Patch, 0) => (AgentResult.NothingToDo, AgentReasons.NothingToDo),
            (AgentStep.Reboot, _) => (AgentResult.Done, AgentReasons.RebootRequested),
            _ => (AgentResult.Done, AgentReasons.Completed),
        };
        return new AgentReport
        {
            Step = request.Step,
            Result = result,
            Reason = reason,
            Message = $"{request.Step} of {node.Name}: {changed.Count} packages changed.",
            Host = new HostFacts("Debian GNU/Linux 12 (bookworm)", "debian-12", "6.1.0-40-amd64", "amd64", "apt"),
            Installed = new InstalledFacts(InstalledPackages, Hash(node.Installed)),
            Pending =
            [
                .. Enumerable
                    .Range(0, node.Installed < Release ? packages : 0)
                    .Select(package => new PendingUpdate(Package(package), Version(node.Installed), Version(Release), Security: true, Held: false)),
            ],
            Reboot = new RebootFacts(node.RebootRequired, node.RebootRequired ? ["a new kernel is installed: 6.1.0-41-amd64"] : []),
            Changed = changed,
            StartedAt = started,
            FinishedAt = finished,
        };
    }

    private List<ChangedPackage> Install(FakeNode node)
    {
        if (node.Installed == Release)
            return [];
        List<ChangedPackage> changed =
        [
            .. Enumerable.Range(0, packages).Select(package => new ChangedPackage(Package(package), Version(node.Installed), Version(Release))),
        ];
        node.Installed = Release;
        node.RebootRequired = node.UpdatesNeedReboot;
        return changed;
    }

    private static string Package(int number) => string.Create(CultureInfo.InvariantCulture, $"package-{number}");

    private static string Version(int release) => string.Create(CultureInfo.InvariantCulture, $"1.0-1+deb12u{release + 1}");

    private static string Hash(int release) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Version(release))));
}
