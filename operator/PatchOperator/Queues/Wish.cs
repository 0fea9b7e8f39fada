namespace PatchOperator.Queues;

/// <summary>That an object is looked at.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Delay">After how long.</param>
/// <param name="Urgent">Whether it goes before what is not.</param>
internal readonly record struct Wish(ObjectKey Key, TimeSpan Delay = default, bool Urgent = false);
