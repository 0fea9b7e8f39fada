using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Steps;
using PatchOperator.Contract;

namespace PatchOperator.Agent.ByHand;

/// <summary>
/// What a step by hand is called on the host. A patch is called after what it is to install: the same command once more goes on with what the first has begun,
/// and any other begins anew.
/// </summary>
internal static partial class HandOperation
{
    public const string Plain = "by-hand";

    private const int Letters = 8;

    /// <param name="request">What is asked.</param>
    /// <param name="root">The host: what is brought back is what its last patch by hand has changed.</param>
    public static string Of(AgentRequest request, HostRoot root) => request.Step switch
    {
        AgentStep.Patch when !request.DryRun => $"{Plain}-{Digest(request)}",
        AgentStep.Rollback => Last(root) ?? Plain,
        _ => Plain,
    };

    private static string? Last(HostRoot root) =>
        PatchJournal.Last(new StateDirectory(root)) is { } patch && StepContext.OperationOf(patch) is var operation && Known().IsMatch(operation)
            ? operation
            : null;

    private static string Digest(AgentRequest request)
    {
        var asked = request.Updates.Select(update => $"{update.Name}={update.Version}").Concat(request.Removable.Select(name => $"{name}-"))
            .Order(StringComparer.Ordinal).Prepend($"{request.Pending} {request.KeepReplaced} {request.RemoveOldKernels}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', asked))))[..Letters];
    }

    [GeneratedRegex(@"\Aby-hand(-[0-9a-f]{8})?\z")]
    private static partial Regex Known();
}
