namespace PatchOperator.Contract.Images;

/// <summary>A script of the recipe.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Run">Given to <c>/bin/sh -e</c> in the image's root.</param>
public sealed record ImageRequestScript(string Name, string Run);
