using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using PatchOperator.Registry;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>What <c>test</c> and <c>scan</c> have left in the workspace, which a builder can write to as well.</summary>
internal sealed class StepResults(Workspace workspace, ImageRequest request)
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly ContainedFolder folder = new(workspace.Root);

    /// <exception cref="InvalidDataException">It is not one result for each test.</exception>
    public async Task<IReadOnlyList<ImageTestOutcome>> TestsAsync(CancellationToken stop)
    {
        var tests = await ReadAsync(ImageWorkspace.Tests, ContractJson.Default.IReadOnlyListImageTestOutcome, stop);
        return tests.Select(test => test?.Name).SequenceEqual(request.Tests.Select(test => test.Name)) ? tests
            : throw new InvalidDataException($"{ImageWorkspace.Tests} does not have one result for each test, in their order");
    }

    /// <exception cref="InvalidDataException">They are not whole.</exception>
    public async Task<ImageFindings> FindingsAsync(CancellationToken stop)
    {
        var findings = await ReadAsync(ImageWorkspace.Findings, ContractJson.Default.ImageFindings, stop);
        var whole = findings is { OsFamily.Length: > 0, OsImage: not null, PatchLevel.Length: > 0, PendingNames: not null, Expected: not null }
            && findings is { Packages: >= 0, PendingSecurity: >= 0, Held: >= 0 }
            && findings.PendingTotal >= findings.PendingSecurity
            && findings is { BlockedSecurity: >= 0, Incomplete: >= 0, BlockedNames: not null, IncompleteNames: not null }
            && findings.Blocked >= findings.BlockedSecurity
            && findings.PendingNames.Concat(findings.BlockedNames).Concat(findings.IncompleteNames).All(name => name is not null)
            && findings.Expected.All(run => run is { Missing: >= 0, Names: not null })
            && findings.Expected.Select(run => run.Run).SequenceEqual(request.Expected.Select(run => run.Run));
        return whole ? findings : throw new InvalidDataException($"{ImageWorkspace.Findings} does not have all that a scan finds");
    }

    private async Task<T> ReadAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken stop)
        where T : class
    {
        var json = await folder.ReadAsync(name, MaxBytes, stop);
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException($"{name} holds nothing");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{name} is not the JSON it should be: {error.Message}", error);
        }
    }
}
