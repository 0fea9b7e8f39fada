using System.Text.Json;
using System.Text.RegularExpressions;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>Reads and checks the request: what the package manager then takes of it may become an argument of a root's command.</summary>
internal static partial class RequestReader
{
    /// <summary>A week: longer is a mistake in the unit.</summary>
    public const int MaxTimeoutSeconds = 7 * 24 * 3600;

    /// <exception cref="InvalidRequestException">With a message that names what to put right.</exception>
    public static AgentRequest Read(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
            throw new InvalidRequestException(
                AgentStep.Scan, $"the environment variable {AgentRequest.EnvironmentVariable} is not set: it must hold the request as JSON");
        var request = Parse(json);
        return Problem(request) is { } problem
            ? throw new InvalidRequestException(Enum.IsDefined(request.Step) ? request.Step : AgentStep.Scan, $"{AgentRequest.EnvironmentVariable}: {problem}")
            : request;
    }

    /// <summary>What <see cref="Read"/> reads.</summary>
    public static string Write(AgentRequest request) => JsonSerializer.Serialize(request, ContractJson.Default.AgentRequest);

    private static AgentRequest Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ContractJson.Default.AgentRequest) ?? throw new JsonException("null is not a request");
        }
        catch (JsonException error)
        {
            throw new InvalidRequestException(GuessStep(json), $"{AgentRequest.EnvironmentVariable} is not a request in JSON: {error.Message}");
        }
    }

    private static string? Problem(AgentRequest request) => request switch
    {
        _ when !Enum.IsDefined(request.Step) => "step must be one of " + string.Join(", ", Enum.GetNames<AgentStep>()),
        _ when !IsOperation(request.Operation) =>
            "operation must be 1 to 180 letters, digits, dots, dashes or underscores, beginning with a letter or digit",
        { TimeoutSeconds: < 1 or > MaxTimeoutSeconds } => $"timeoutSeconds must be between 1 and {MaxTimeoutSeconds}",
        _ when !Enum.IsDefined(request.Freeze) => "freeze must be one of " + string.Join(", ", Enum.GetNames<FreezeMode>()),
        _ when !Enum.IsDefined(request.Restarts) => "restarts must be one of " + string.Join(", ", Enum.GetNames<RestartMode>()),
        { Pending: { } pending } when !Enum.IsDefined(pending) => "pending must be one of " + string.Join(", ", Enum.GetNames<PendingChoice>()),
        { Updates: null } => "updates must be a list",
        { Pending: not null, Updates.Count: > 0 } => "pending must not be there where updates are named",
        { SecuritySources: null } => "securitySources must be a list",
        { Removable: null } => "removable must be a list",
        { Commands: null } => "commands must be a list",
        _ => request.Updates.Select(Problem).FirstOrDefault(problem => problem is not null) ?? Twice(request.Updates)
            ?? request.SecuritySources
                .Where(source => SecuritySource.Parse(source) is null)
                .Select(source => $"securitySources has what is no pattern of archives: {Quote(source)}")
                .FirstOrDefault()
            ?? request.Commands
                .Where(command => command is null || !FileName().IsMatch(command))
                .Select(command => $"commands has what is no name of a program in {AgentRequest.CommandFolder}: {Quote(command)}")
                .FirstOrDefault(),
    };

    /// <summary>
    /// Only the package manager knows its grammar, and a name or version that it does not take stops no other update: see <see cref="PatchPlan.Refused"/>.
    /// </summary>
    private static string? Problem(ApprovedUpdate? update, int index) =>
        update is not { Name.Length: > 0, Version.Length: > 0 } ? $"updates[{index}] must be an object with name and version"
        : update.Removes?.Any(string.IsNullOrEmpty) == true ? $"updates[{index}].removes must be a list of names"
        : null;

    /// <summary>It becomes part of the name of a systemd unit and of a file.</summary>
    private static bool IsOperation(string? operation) => operation is not null && Operation().IsMatch(operation);

    private static string? Twice(IReadOnlyList<ApprovedUpdate> updates) =>
        updates.GroupBy(update => update.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? $"updates names {twice.Key} more than once"
            : null;

    private static string Quote(string? text) =>
        JsonSerializer.Serialize(text is { Length: > 80 } ? text[..80] : text ?? "", ContractJson.Default.String);

    private static AgentStep GuessStep(string json) =>
        Enum.GetValues<AgentStep>().FirstOrDefault(step => json.Contains($"\"step\":\"{step}\"", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,179}\z")]
    private static partial Regex Operation();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex FileName();
}
