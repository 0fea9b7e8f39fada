using PatchOperator.Contract.Grammars;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>What an image is called: its tag, or its file's name without the extension.</summary>
internal static class Versions
{
    /// <summary>
    /// A version made from the template, of which the request's reader knows that it makes tags; the one it has, for content that was built before.
    /// </summary>
    public static string Of(ImageRequest request, string digest) =>
        request.Known.FirstOrDefault(known => known.Digest == digest)?.Version
            ?? TagTemplate.Fill(request.Output.TagTemplate, request.Baseline, request.StartedAt, digest);
}
