namespace Agent.Pipeline.Realtime.Events;

/// <summary>Something that a speech-to-speech model hears, says or does.</summary>
public abstract record RealtimeEvent;
