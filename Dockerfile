# One image for every role; `compose.yaml` says which container does what.
FROM python:3.12-slim-bookworm
WORKDIR /app
COPY pyproject.toml uv.lock ./
COPY .ci/bootstrap.py .ci/bootstrap.py
RUN python .ci/bootstrap.py && .venv/bin/uv sync --frozen --no-dev --no-install-project --python .venv/bin/python
COPY bot bot
COPY storage storage
RUN useradd --system --no-create-home shouwen
USER shouwen
ENTRYPOINT [".venv/bin/python", "-m", "bot"]
CMD ["run", "--config", "/etc/shouwen/config.toml"]
