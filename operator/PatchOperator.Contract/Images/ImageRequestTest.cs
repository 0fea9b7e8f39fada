namespace PatchOperator.Contract.Images;

/// <summary>A command that must succeed inside the built image.</summary>
/// <param name="Name">For messages and results.</param>
/// <param name="Command">The program and its arguments, run in the image's root.</param>
/// <param name="TimeoutSeconds">How long it may take.</param>
public sealed record ImageRequestTest(string Name, IReadOnlyList<string> Command, int TimeoutSeconds);
