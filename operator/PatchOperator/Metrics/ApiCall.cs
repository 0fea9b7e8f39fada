namespace PatchOperator.Metrics;

/// <summary>A request to the API server in Kubernetes' own words.</summary>
/// <param name="Verb">As in RBAC: get, list, watch, create, update, patch, delete, deletecollection.</param>
/// <param name="Resource">The plural, with the subresource if there is one: <c>pods/eviction</c>; <c>discovery</c> for what is none.</param>
internal readonly record struct ApiCall(string Verb, string Resource)
{
    private const string Discovery = "discovery";

    public static ApiCall Of(HttpRequestMessage request)
    {
        // Some clusters are reached through a proxy with a path of its own in front.
        var path = request.RequestUri!.AbsolutePath
            .Split('/', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(part => part is not ("api" or "apis"))
            .ToArray();
        var parts = path.Skip(path is ["apis", ..] ? 3 : 2).ToArray();
        if (parts is ["namespaces", _, _, ..])
            parts = parts[2..];
        return parts switch
        {
            [] => new ApiCall(request.Method.Method.ToLowerInvariant(), Discovery),
            [var resource] => new ApiCall(VerbOf(request, named: false), resource),
            [var resource, _] => new ApiCall(VerbOf(request, named: true), resource),
            [var resource, _, var subresource, ..] => new ApiCall(VerbOf(request, named: true), $"{resource}/{subresource}"),
        };
    }

    private static string VerbOf(HttpRequestMessage request, bool named) => request.Method.Method switch
    {
        "GET" when request.RequestUri!.Query.Contains("watch=true", StringComparison.OrdinalIgnoreCase) => "watch",
        "GET" => named ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        "DELETE" => named ? "delete" : "deletecollection",
        var method => method.ToLowerInvariant(),
    };
}
