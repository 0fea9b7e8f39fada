using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>What <c>pull</c> and <c>report</c> find outside the workspace.</summary>
/// <param name="PushSecret">A Docker configuration; there need not be one.</param>
/// <param name="Volume">The folder for files.</param>
internal sealed record PublishingPaths(string PushSecret, string Volume)
{
    public static PublishingPaths OfJob { get; } = new(ImageWorkspace.PushSecret, ImageWorkspace.Volume);
}
