"""Operations of the room, by subject."""
