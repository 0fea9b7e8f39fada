using System.Text;
using System.Text.Json;

namespace PatchOperator.Contract.Images;

/// <summary>How an <see cref="ImageResult"/> travels: as the termination message of its container.</summary>
public static class ImageResults
{
    /// <summary>
    /// The most bytes of UTF-8 that one container's message may have. The kubelet takes 4,096, but leaves a pod 12 KiB in all and cuts each message at an equal
    /// share of it (MaxPodTerminationMessageLogLength of k8s.io/kubernetes/pkg/kubelet/container): a quarter in a Job of build, test, scan and report.
    /// </summary>
    public const int MaxBytes = 12 * 1024 / 4;

    private const int LongestMessage = 1024;
    private const int LongestName = 63;
    private const int ShortestName = 8;

    /// <summary>
    /// The result as JSON, cut to <see cref="MaxBytes"/>: messages first, then names, each as much as the others; last of all the tests that passed.
    /// </summary>
    public static string Write(ImageResult result) =>
        Cuts(result).Select(cut => JsonSerializer.Serialize(cut, ContractJson.Default.ImageResult)).First(json => Encoding.UTF8.GetByteCount(json) <= MaxBytes);

    /// <summary>Reads a result; null when <paramref name="terminationMessage"/> is none: a custom builder may write what it likes.</summary>
    public static ImageResult? Read(string? terminationMessage)
    {
        if (string.IsNullOrWhiteSpace(terminationMessage))
            return null;
        try
        {
            var result = JsonSerializer.Deserialize(terminationMessage, ContractJson.Default.ImageResult);
            return result is { Schema: ImageResult.CurrentSchema, Reason: not null, Message: not null, Tests: not null } ? result : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Ever shorter versions; the last fits whatever was given.</summary>
    private static IEnumerable<ImageResult> Cuts(ImageResult result)
    {
        yield return result;
        for (var room = LongestMessage; room > 0; room = room * 7 / 8)
            yield return Cut(result, room, LongestName, names: ImageFindings.MaxPendingNames);
        for (var room = LongestName; room > ShortestName; room--)
            yield return Cut(result, 0, room, names: room / 7);

        var shortest = Cut(result, 0, ShortestName, names: 0);
        yield return shortest;
        yield return shortest with { Tests = [.. shortest.Tests.Where(test => !test.Passed)] };
        yield return shortest with { Tests = [], Findings = null };
    }

    /// <param name="result">What is cut.</param>
    /// <param name="message">The most characters of a test's message.</param>
    /// <param name="name">The most characters of a name.</param>
    /// <param name="names">The most names in a list.</param>
    private static ImageResult Cut(ImageResult result, int message, int name, int names) => result with
    {
        // What a result is about stays readable: it is the one sentence that everybody sees.
        Message = Middle(result.Message, Math.Max(message, 160)),
        Tests =
        [
            .. result.Tests.Select(test => test with
            {
                Name = Middle(test.Name, name),
                Message = message == 0 || test.Message is null ? null : Middle(test.Message, message),
            }),
        ],
        Findings = result.Findings is null ? null : result.Findings with
        {
            OsFamily = Middle(result.Findings.OsFamily, LongestName),
            OsImage = Middle(result.Findings.OsImage, LongestName),
            PendingNames = Names(result.Findings.PendingNames, name, names),
            BlockedNames = Names(result.Findings.BlockedNames, name, names),
            IncompleteNames = Names(result.Findings.IncompleteNames, name, names),
            Expected = [.. result.Findings.Expected.Select(run => run with { Names = Names(run.Names, name, names) })],
        },
    };

    private static string[] Names(IReadOnlyList<string> names, int length, int count) => [.. names.Take(count).Select(name => Middle(name, length))];

    /// <summary>Without its middle where it is too long: what failed stands at the beginning of a message, and why at its end.</summary>
    private static string Middle(string text, int room) =>
        text.Length <= room ? text : $"{text[..(room / 2)]}~{text[^((room - 1) / 2)..]}";
}
